package io.evenkeel.vrrp;

import java.util.List;
import java.util.function.Consumer;

/** A story as it is told anew: its own lines, and below each command what came of it. */
final class StoryTrace {

    private final StringBuilder text = new StringBuilder();
    private String lastLine = "";
    private int repeats;

    /** Tells a story anew: its lines without what happened then, each followed by what happens now. */
    String play(List<String> lines, Consumer<String> command) {
        for (String line : lines) {
            if (!line.startsWith("    ")) {
                tell(line);
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("=")) {
                    command.accept(line.trim());
                }
            }
        }
        return toString();
    }

    private void tell(String line) {
        flush();
        text.append(line).append('\n');
    }

    /**
     * What happened. Lines that differ in nothing but the time, which stands first, are written once,
     * with a count.
     */
    void happened(String line) {
        String what = line.substring(line.indexOf(' '));
        boolean same = lastLine.startsWith("@") && lastLine.endsWith("  " + what.trim());
        if (same && line.startsWith("@")) {
            repeats++;
            lastLine = line;
            return;
        }
        flush();
        lastLine = line;
        text.append("    ").append(line).append('\n');
    }

    private void flush() {
        if (repeats > 0) {
            text.append("    ... ").append(repeats).append(" more, the last ");
            text.append(lastLine, 0, lastLine.indexOf("  ")).append('\n');
        }
        repeats = 0;
        lastLine = "";
    }

    @Override
    public String toString() {
        flush();
        return text.toString();
    }
}
