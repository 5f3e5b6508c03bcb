package io.evenkeel.vrrp;

import java.util.List;

/**
 * Something that the driver does for a virtual router, at once and in the order given. The order is
 * part of the contract: on promotion the advertisement comes before the addresses, so that the old
 * Active lets go of them before the neighbours are told.
 */
public sealed interface Action
        permits Action.CancelAdvertisements,
                Action.SendAdvertisement,
                Action.AddAddresses,
                Action.RemoveAddresses,
                Action.Announce,
                Action.Notify {

    /**
     * Cancel the advertisements that the driver has queued and told of with {@link
     * VirtualRouter#handleAdvertisementsQueued}. What follows may contradict them, so that none of them may go out afterwards.
     */
    record CancelAdvertisements() implements Action {
        static final CancelAdvertisements INSTANCE = new CancelAdvertisements();
    }

    /**
     * Send an advertisement; {@link VirtualRouter#encode} makes its bytes.
     *
     * @param priority 0 to release the addresses, else 1..255
     * @param maxAdvertiseIntervalCentis the interval to carry, in hundredths of a second; for version
     *     2 a multiple of 100
     */
    record SendAdvertisement(int priority, int maxAdvertiseIntervalCentis) implements Action {}

    /**
     * Put the addresses on their interfaces. One that is there already stays.
     *
     * @param accept Accept_Mode: whether the host is to take packets to them. ARP and neighbour
     *     discovery are answered in any case (RFC 9568, section 6.1)
     */
    record AddAddresses(List<VirtualAddress> addresses, boolean accept) implements Action {}

    /** Take the addresses off their interfaces. One that is not there is no error. */
    record RemoveAddresses(List<VirtualAddress> addresses) implements Action {}

    /**
     * Tell the neighbours now where the addresses are: {@link GratuitousArp} for IPv4, {@link
     * NeighborAdvertisement} for IPv6.
     *
     * @param addresses for which
     * @param repeat how many for each of them, at least 1
     */
    record Announce(List<VirtualAddress> addresses, int repeat) implements Action {}

    /** Tell whoever listens. */
    record Notify(VrrpEvent event) implements Action {}
}
