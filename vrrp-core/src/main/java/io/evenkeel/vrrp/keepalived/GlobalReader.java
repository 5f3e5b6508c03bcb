package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code global_defs}. */
final class GlobalReader extends BlockReader {
    private static final Duration LONGEST_STARTUP_DELAY = Duration.ofDays(1);

    private final AnnouncementSettings announcements = new AnnouncementSettings();
    private VrrpVersion version = VrrpVersion.V2;
    private boolean strict;
    private Duration startDelay = Duration.ZERO;
    private @Nullable IpAddress group4;
    private @Nullable IpAddress group6;
    private int downTimerAdverts = 3;
    private boolean onlyPeers;
    private boolean checksumAsV2;
    private boolean silentToLower;
    private Account account = Account.OWN;
    private boolean scriptSecurity;
    private String defaultInterface = "eth0";
    private int realTimePriority;
    private boolean lockedMemory;
    private String virtualMacPrefix = "vrrp";

    GlobalReader(Findings findings) {
        super(GlobalVocabulary.GLOBAL_DEFS, findings);
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "router_id", "include_check" -> {
                // keepalived signs e-mails with the former; the latter counts where lines are put
                // together.
            }
            case "vrrp_version" -> {
                VrrpVersion read = Versions.read(statement, this);
                version = read == null ? version : read;
            }
            case "vrrp_strict" -> strict = Boolean.TRUE.equals(flag(statement));
            case "vrrp_min_garp" -> announcements.setMinimal(Boolean.TRUE.equals(flag(statement)));
            case "vrrp_startup_delay" -> {
                Duration read = seconds(statement, Duration.ZERO, LONGEST_STARTUP_DELAY);
                startDelay = read == null ? startDelay : read;
            }
            case "vrrp_mcast_group4" -> group4 = group(statement, true);
            case "vrrp_mcast_group6" -> group6 = group(statement, false);
            case "vrrp_down_timer_adverts" -> {
                Integer read = whole(statement, 1, 100);
                downTimerAdverts = read == null ? downTimerAdverts : read;
            }
            case "vrrp_check_unicast_src" -> onlyPeers = true;
            case "v3_checksum_as_v2" -> checksumAsV2 = Boolean.TRUE.equals(flag(statement));
            case "vrrp_lower_prio_no_advert" ->
                    silentToLower = Boolean.TRUE.equals(flag(statement));
            case "vrrp_higher_prio_send_advert" -> ProtocolSettings.toldHigher(statement, this);
            case "vrrp_rt_priority" -> {
                Integer read = whole(statement, 1, 99);
                realTimePriority = read == null ? realTimePriority : read;
            }
            case "vrrp_no_swap" -> lockedMemory = true;
            case "script_user" -> account = Account.read(statement, 0, findings());
            case "enable_script_security" -> scriptSecurity = true;
            case "vmac_prefix" -> virtualMacPrefix = statement.argument(0);
            case "default_interface" -> readDefaultInterface(statement);
            default ->
                    announcements.read(
                            statement.name().substring("vrrp_".length()), statement, this);
        }
    }

    private @Nullable IpAddress group(Statement statement, boolean ipv4) {
        IpAddress group = Groups.read(statement, this);
        if (group != null && group.isIpv4() != ipv4) {
            findings()
                    .error(
                            statement.place(),
                            "'"
                                    + statement.name()
                                    + "' is "
                                    + group
                                    + "; it must be an "
                                    + (ipv4 ? "IPv4" : "IPv6")
                                    + " address");
            return null;
        }
        return group;
    }

    private void readDefaultInterface(Statement statement) {
        try {
            defaultInterface = new TrackedInterface(statement.argument(0)).name();
        } catch (IllegalArgumentException e) {
            findings().error(statement.place(), Sentences.lower(String.valueOf(e.getMessage())));
        }
    }

    AnnouncementSettings announcements() {
        return announcements;
    }

    VrrpVersion version() {
        return version;
    }

    boolean strict() {
        return strict;
    }

    Duration startDelay() {
        return startDelay;
    }

    /** Returns the multicast group of the family, or null for the protocol's. */
    @Nullable IpAddress group(boolean ipv4) {
        return ipv4 ? group4 : group6;
    }

    int downTimerAdverts() {
        return downTimerAdverts;
    }

    boolean onlyPeers() {
        return onlyPeers;
    }

    boolean checksumAsV2() {
        return checksumAsV2;
    }

    boolean silentToLower() {
        return silentToLower;
    }

    /** Returns as whom scripts run that do not say so. */
    Account account() {
        return account;
    }

    /** Whether a script that others than root can change must not run as root. */
    boolean scriptSecurity() {
        return scriptSecurity;
    }

    /** Returns what the names of the interfaces with virtual MAC addresses begin with. */
    String virtualMacPrefix() {
        return virtualMacPrefix;
    }

    /** Returns the interface of static addresses that name none. */
    String defaultInterface() {
        return defaultInterface;
    }

    /** Returns the real-time priority of the VRRP thread, or 0 for none. */
    int realTimePriority() {
        return realTimePriority;
    }

    boolean lockedMemory() {
        return lockedMemory;
    }
}
