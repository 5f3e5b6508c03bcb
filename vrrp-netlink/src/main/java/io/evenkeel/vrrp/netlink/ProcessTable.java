package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.TrackedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes of this host as {@code /proc} shows them. */
final class ProcessTable {
    /** TASK_COMM_LEN less the terminating NUL. */
    private static final int MAX_NAME = 15;

    private final Path proc;

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    static ProcessTable ofThisHost() {
        return new ProcessTable(Path.of("/proc"));
    }

    /** How many processes the source means now; those that end meanwhile may or may not count. */
    int count(TrackedProcess wanted) {
        int count = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (matches(process, wanted)) {
                    count++;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return count;
    }

    private static boolean matches(Path process, TrackedProcess wanted) {
        if (wanted.match() == TrackedProcess.Match.NAME) {
            String name = read(process.resolve("comm"));
            return name != null && name.strip().equals(cut(fileName(wanted.command().get(0))));
        }
        String line = read(process.resolve("cmdline"));
        return line != null
                && !line.isEmpty()
                && matches(arguments(line), wanted.command(), wanted.match());
    }

    static boolean matches(List<String> has, List<String> wants, TrackedProcess.Match match) {
        return switch (match) {
            case NAME -> throw new IllegalArgumentException("A name is no command line.");
            case COMMAND_LINE -> has.equals(wants);
            case FIRST_ARGUMENTS ->
                    has.size() >= wants.size() && has.subList(0, wants.size()).equals(wants);
            case LAST_ARGUMENT_PREFIX -> {
                int last = wants.size() - 1;
                yield has.size() == wants.size()
                        && has.subList(0, last).equals(wants.subList(0, last))
                        && has.get(last).startsWith(wants.get(last));
            }
        };
    }

    /** The kernel ends each argument with a NUL. */
    static List<String> arguments(String commandLine) {
        List<String> arguments = new ArrayList<>(List.of(commandLine.split("\0", -1)));
        if (commandLine.endsWith("\0")) {
            arguments.remove(arguments.size() - 1);
        }
        return arguments;
    }

    private static String fileName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** The content, or null if the process is gone or is nobody's business here. */
    private static @Nullable String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
