package io.evenkeel.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the process writes to. */
public final class StandardOutput {
    private StandardOutput() {}

    /**
     * Whether a person reads it as it is written. System.console() would also ask for a terminal on the input, and answers otherwise
     * on JDK 22.
     */
    public static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
