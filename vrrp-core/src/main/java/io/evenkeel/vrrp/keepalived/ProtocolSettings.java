package io.evenkeel.vrrp.keepalived;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of the protocol an instance does differently; what is absent is taken from {@code global_defs}. */
final class ProtocolSettings {
    static final Set<String> DIRECTIVES =
            Set.of(
                    "accept",
                    "down_timer_adverts",
                    "higher_prio_send_advert",
                    "lower_prio_no_advert",
                    "no_accept",
                    "strict_mode",
                    "timer_expired_backup");

    private final BlockReader instance;
    private @Nullable Boolean strict;
    private @Nullable Boolean accept;
    private @Nullable Boolean silentToLower;
    private @Nullable Boolean toldHigher;
    private @Nullable Integer downTimerAdverts;

    ProtocolSettings(BlockReader instance) {
        this.instance = instance;
    }

    void read(Statement statement) {
        switch (statement.name()) {
            case "strict_mode" -> strict = instance.flag(statement);
            case "accept" -> accept = true;
            case "no_accept" -> accept = false;
            case "lower_prio_no_advert" -> silentToLower = instance.flag(statement);
            case "higher_prio_send_advert" -> toldHigher = toldHigher(statement, instance);
            case "down_timer_adverts" -> downTimerAdverts = instance.whole(statement, 1, 100);
            case "timer_expired_backup" -> {
                if (statement.argumentCount() > 0 && instance.whole(statement, 1, 254) != null) {
                    instance.findings()
                            .warning(
                                    statement.place(),
                                    "'"
                                            + statement.argument(0)
                                            + "' after 'timer_expired_backup' has no effect: a rival of any priority is"
                                            + " reckoned with");
                }
            }
            default -> throw new IllegalStateException("no reader for " + statement.name());
        }
    }

    /** Reads the flag and says that it cannot be switched off. */
    static @Nullable Boolean toldHigher(Statement statement, BlockReader reader) {
        Boolean told = reader.flag(statement);
        if (Boolean.FALSE.equals(told)) {
            reader.findings()
                    .warning(
                            statement.place(),
                            "'"
                                    + statement.name()
                                    + " "
                                    + statement.argument(0)
                                    + "' has no effect: an Active that yields always advertises once more");
        }
        return told;
    }

    boolean strict(GlobalReader global) {
        return strict == null ? global.strict() : strict;
    }

    /** Returns what is written about accepting packets to the addresses, or null. */
    @Nullable Boolean accept() {
        return accept;
    }

    boolean accepts(GlobalReader global) {
        return accept == null ? !strict(global) : accept;
    }

    /** Returns what is written about answering a lower router, or null. */
    @Nullable Boolean silentToLower() {
        return silentToLower;
    }

    boolean answersLower(GlobalReader global) {
        return !(silentToLower == null ? global.silentToLower() : silentToLower);
    }

    @Nullable Boolean toldHigher() {
        return toldHigher;
    }

    int downTimerAdverts(GlobalReader global) {
        return downTimerAdverts == null ? global.downTimerAdverts() : downTimerAdverts;
    }
}
