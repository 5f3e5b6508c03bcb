package io.evenkeel.vrrp.netlink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes a log or a capture short enough to be read: what only repeats a line shortly before it is counted, not shown. */
final class Digest {
    private static final int KINDS_REMEMBERED = 12;
    private static final int LINES = 150;

    private Digest() {}

    /**
     * The last lines and what was repeated at the end.
     *
     * @param kind what of a line is the same in its repetitions
     */
    static String of(List<String> lines, UnaryOperator<String> kind) {
        Map<String, Integer> recent = new LinkedHashMap<>();
        List<String> shown = new ArrayList<>();
        for (String line : lines) {
            if (recent.merge(kind.apply(line), 1, Integer::sum) > 1) {
                continue;
            }
            shown.add(line);
            if (recent.size() > KINDS_REMEMBERED) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
        recent.values().removeIf(count -> count == 1);
        return String.join("\n", shown.subList(Math.max(0, shown.size() - LINES), shown.size()))
                + "\nseen more than once at the end: "
                + recent
                + "\n";
    }
}
