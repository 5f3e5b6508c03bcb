package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.AnnouncementPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code garp_} directives of one block; those that are absent are taken from the level above. */
final class AnnouncementSettings {
    private static final int MAX_REPEAT = 100;
    private static final int MAX_SECONDS = 100_000;

    private @Nullable Integer masterDelay;
    private @Nullable Integer masterRepeat;
    private @Nullable Integer refresh;
    private @Nullable Integer refreshRepeat;
    private @Nullable Integer lowerDelay;
    private @Nullable Integer lowerRepeat;
    private boolean minimal;

    /** Takes in one directive; {@code name} is the instance's name for it. */
    void read(String name, Statement statement, BlockReader reader) {
        switch (name) {
            case "garp_master_delay" -> masterDelay = reader.whole(statement, 0, MAX_SECONDS);
            case "garp_master_repeat" -> masterRepeat = reader.whole(statement, 1, MAX_REPEAT);
            case "garp_master_refresh" -> refresh = reader.whole(statement, 0, MAX_SECONDS);
            case "garp_master_refresh_repeat" ->
                    refreshRepeat = reader.whole(statement, 1, MAX_REPEAT);
            case "garp_lower_prio_delay" -> lowerDelay = reader.whole(statement, 0, MAX_SECONDS);
            case "garp_lower_prio_repeat" -> lowerRepeat = reader.whole(statement, 0, MAX_REPEAT);
            default -> throw new IllegalStateException("no reader for " + name);
        }
    }

    void setMinimal(boolean minimal) {
        this.minimal = minimal;
    }

    /** Whether periodic announcements are asked for here. */
    boolean refreshes() {
        return refresh != null && refresh > 0;
    }

    /** Returns the policy of an instance with these settings under those of {@code global_defs}. */
    AnnouncementPolicy under(AnnouncementSettings global, boolean strict) {
        AnnouncementPolicy base = AnnouncementPolicy.DEFAULT;
        int repeat = first(masterRepeat, global.masterRepeat, global.minimal ? 1 : base.repeat());
        Duration delay =
                seconds(
                        masterDelay,
                        global.masterDelay,
                        global.minimal ? Duration.ZERO : Duration.ofNanos(base.delayNanos()));
        return base.withBurst(repeat, delay)
                .withRefresh(
                        seconds(
                                refresh,
                                global.refresh,
                                global.minimal || strict
                                        ? Duration.ZERO
                                        : Duration.ofNanos(base.refreshNanos())),
                        first(refreshRepeat, global.refreshRepeat, base.refreshRepeat()))
                .withLowerPriorityBurst(
                        first(lowerRepeat, global.lowerRepeat, repeat),
                        seconds(lowerDelay, global.lowerDelay, delay));
    }

    private static int first(@Nullable Integer own, @Nullable Integer global, int otherwise) {
        return own != null ? own : global != null ? global : otherwise;
    }

    private static Duration seconds(
            @Nullable Integer own, @Nullable Integer global, Duration otherwise) {
        Integer seconds = own != null ? own : global;
        return seconds == null ? otherwise : Duration.ofSeconds(seconds);
    }
}
