package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;

/** Reads {@code global_defs}. */
final class GlobalReader extends BlockReader {
    private static final Duration LONGEST_STARTUP_DELAY = Duration.ofDays(1);

    private final AnnouncementSettings announcements = new AnnouncementSettings();
    private VrrpVersion version = VrrpVersion.V2;
    private boolean strict;
    private Duration startDelay = Duration.ZERO;

    GlobalReader(Findings findings) {
        super(GlobalVocabulary.GLOBAL_DEFS, findings);
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "router_id" -> {
                // keepalived signs its e-mails with it; there are none here.
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
            case "vrrp_mcast_group4" -> only(statement, "224.0.0.18");
            case "vrrp_down_timer_adverts" -> only(statement, "3");
            default ->
                    announcements.read(
                            statement.name().substring("vrrp_".length()), statement, this);
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
}
