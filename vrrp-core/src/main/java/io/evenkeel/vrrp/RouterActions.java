package io.evenkeel.vrrp;

import java.util.ArrayList;
import java.util.List;

/** A router's actions, made once, so that the steady state makes none. */
final class RouterActions {

    /** The interval that a planned release teaches to the Backups. */
    static final int HANDOVER_CENTIS = 1;

    final List<VirtualAddress> all;
    final Action.SendAdvertisement release;
    final Action.SendAdvertisement fastRelease = new Action.SendAdvertisement(0, HANDOVER_CENTIS);
    final Action.AddAddresses addAddresses;
    final Action.RemoveAddresses removeAddresses;
    final Action.Announce announce;
    final Action.Announce announceAgainstRival;
    final Action.Announce refresh;

    private final int intervalCentis;
    private Action.SendAdvertisement advertisement;

    RouterActions(VirtualRouterConfig config) {
        List<VirtualAddress> addresses = new ArrayList<>(config.addresses());
        addresses.addAll(config.excludedAddresses());
        all = List.copyOf(addresses);
        AnnouncementPolicy policy = config.announcements();
        intervalCentis = config.advertisementIntervalCentis();
        advertisement = new Action.SendAdvertisement(config.priority(), intervalCentis);
        release = new Action.SendAdvertisement(0, intervalCentis);
        addAddresses = new Action.AddAddresses(all, config.acceptMode());
        removeAddresses = new Action.RemoveAddresses(all);
        announce = new Action.Announce(all, policy.repeat());
        announceAgainstRival = new Action.Announce(all, policy.lowerPriorityRepeat());
        refresh = new Action.Announce(all, policy.refreshRepeat());
    }

    Action.SendAdvertisement advertisement(int priority) {
        if (advertisement.priority() != priority) {
            advertisement = new Action.SendAdvertisement(priority, intervalCentis);
        }
        return advertisement;
    }
}
