package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a proxy, which no file is behind, in bytes.
 *
 * @param resident pages that it has
 * @param live the same, with what lives in a JVM's heap in the place of the heap's pages
 */
record Memory(long resident, long live) {
    private static final Pattern LIVING = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern BOUNDS =
            Pattern.compile("\\[0x([0-9a-f]+), (?:0x[0-9a-f]+, )?0x([0-9a-f]+)\\)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final int JCMD_SECONDS = 30;

    /** Of all these processes; those that are JVMs collect their heaps first. */
    static Memory of(List<Long> pids) {
        long resident = 0;
        long live = 0;
        for (long pid : pids) {
            long own;
            if (isJava(pid)) {
                long objects = number(LIVING, jcmd(pid, "GC.class_histogram"), 10);
                long heap = heapPages(pid);
                own = ProcessCosts.anonymousBytes(List.of(pid));
                live += own - heap + objects;
            } else {
                own = ProcessCosts.anonymousBytes(List.of(pid));
                live += own;
            }
            resident += own;
        }
        return new Memory(resident, live);
    }

    private static boolean isJava(long pid) {
        return "java".equals(executable(pid).getFileName().toString());
    }

    private static Path executable(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"));
        } catch (IOException e) {
            throw new SideBySideException("Process " + pid + " cannot be looked at: " + e, e);
        }
    }

    /** Its own, since a JVM talks to none of another version. */
    private static String jcmd(long pid, String command) {
        return Command.output(
                List.of(
                        executable(pid).resolveSibling("jcmd").toString(),
                        Long.toString(pid),
                        command),
                JCMD_SECONDS);
    }

    /** The pages between the bounds of the heap. */
    private static long heapPages(long pid) {
        String info = jcmd(pid, "GC.heap_info");
        Matcher bounds = BOUNDS.matcher(info);
        long from = Long.MAX_VALUE;
        long to = 0;
        while (bounds.find()) {
            from = Math.min(from, Long.parseUnsignedLong(bounds.group(1), 16));
            to = Math.max(to, Long.parseUnsignedLong(bounds.group(2), 16));
        }
        if (to == 0) {
            throw new SideBySideException("The heap of this JVM has no bounds: " + info.strip());
        }
        long bytes = 0;
        boolean inside = false;
        for (String line : ProcessCosts.read(pid, "smaps").lines().toList()) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                inside = start >= from && start < to;
            } else if (inside && line.startsWith("Anonymous:")) {
                bytes += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return bytes;
    }

    private static long number(Pattern pattern, String text, int radix) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new SideBySideException(
                    "jcmd said something else: " + text.lines().limit(3).toList());
        }
        return Long.parseLong(matcher.group(1), radix);
    }
}
