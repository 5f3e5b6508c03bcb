package io.evenkeel.examples.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packet as tcpdump's decoder understood it.
 *
 * @param epochMicros when the capturing host's kernel saw it, wall clock
 * @param text all that tcpdump said of it
 */
record VrrpPacket(
        long epochMicros,
        String source,
        int version,
        int virtualRouterId,
        int priority,
        String text) {

    private static final Pattern ADVERTISEMENT =
            Pattern.compile(
                    "^(\\d+)\\.(\\d{6}) IP .* (\\d+(?:\\.\\d+){3}) > 224\\.0\\.0\\.18: "
                            + ".*VRRPv(\\d), Advertisement, vrid (\\d+), prio (\\d+).*");

    /** Whether tcpdump found nothing to complain of. */
    boolean isSound() {
        String lower = text.toLowerCase(Locale.ROOT);
        return !(lower.contains("bad")
                || lower.contains("[|")
                || lower.contains("invalid")
                || lower.contains("truncated"));
    }

    /**
     * The packets in the output of {@code tcpdump -n -tt -vvv}.
     *
     * @throws IllegalArgumentException if it holds a packet that tcpdump did not read as an
     *     advertisement
     */
    static List<VrrpPacket> parse(String output) {
        // A packet takes two lines, the second indented. One that is still being written is left
        // out.
        List<VrrpPacket> packets = new ArrayList<>();
        String first = "";
        for (String line : output.substring(0, output.lastIndexOf('\n') + 1).lines().toList()) {
            if (line.matches("^\\d+\\.\\d{6} .*")) {
                first = line;
            } else if (line.startsWith("    ") && !first.isEmpty()) {
                packets.add(parseOne(first + " " + line.strip()));
                first = "";
            }
        }
        return packets;
    }

    private static VrrpPacket parseOne(String text) {
        Matcher matcher = ADVERTISEMENT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("tcpdump reads no advertisement here: " + text);
        }
        return new VrrpPacket(
                Long.parseLong(matcher.group(1)) * 1_000_000 + Long.parseLong(matcher.group(2)),
                matcher.group(3),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5)),
                Integer.parseInt(matcher.group(6)),
                text);
    }
}
