package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.InterfaceDelays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code interface_up_down_delays}. */
final class DelayReader {
    private static final Duration LONGEST = Duration.ofSeconds(255);

    private final Findings findings;
    private final Map<String, InterfaceDelays> delays = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    DelayReader(Findings findings) {
        this.findings = findings;
    }

    void read(Statement block) {
        block.block().forEach(this::readLine);
    }

    List<InterfaceDelays> delays() {
        return new ArrayList<>(delays.values());
    }

    private void readLine(Statement line) {
        String name = line.name();
        if (line.hasBlock() || line.argumentCount() < 1 || line.argumentCount() > 2) {
            error(
                    line,
                    "'"
                            + name
                            + "' needs its delays; write the interface, the seconds until it counts as down, and perhaps"
                            + " those until it counts as up");
            return;
        }
        Duration down = seconds(line, 0);
        Duration up = line.argumentCount() > 1 ? seconds(line, 1) : down;
        Place earlier = places.putIfAbsent(name, line.place());
        if (earlier != null) {
            error(
                    line,
                    "the delays of interface '"
                            + name
                            + "' are given on "
                            + earlier.seenFrom(line.place())
                            + " already; remove one of them");
        } else if (down != null && up != null) {
            try {
                delays.put(name, new InterfaceDelays(name, down.toNanos(), up.toNanos()));
            } catch (IllegalArgumentException e) {
                error(line, Sentences.lower(String.valueOf(e.getMessage())));
            }
        }
    }

    private @Nullable Duration seconds(Statement line, int index) {
        String text = line.argument(index);
        Duration value = Numbers.seconds(text);
        if (value == null || value.isNegative() || value.compareTo(LONGEST) > 0) {
            error(
                    line,
                    "the delay '"
                            + text
                            + "' of interface '"
                            + line.name()
                            + "' must be a number of seconds from 0 to 255");
            return null;
        }
        return value;
    }

    private void error(Statement line, String message) {
        findings.error(line.place(), message);
    }
}
