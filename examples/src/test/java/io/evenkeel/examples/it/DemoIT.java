package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenkeel demo} as its user runs it: a process, its screen, its exit code, what it leaves. */
class DemoIT {
    private static final int TERMINATED = 128 + 15;

    private static final List<String> STEPS =
            List.of(
                    "1  Election by priority",
                    "2  Balanced requests",
                    "3  A server dies",
                    "4  The server is back",
                    "5  SIGKILL of the Active",
                    "6  Its return, preempting",
                    "7  Planned handover");

    @TempDir private Path directory;

    private final List<ProcessHandle> nodes = new ArrayList<>();
    private Process demo;

    @AfterEach
    void end() {
        nodes.forEach(ProcessHandle::destroyForcibly);
        if (demo != null) {
            demo.destroyForcibly();
        }
    }

    @Test
    void itTellsTheWholeStoryAndEndsByItself() throws Exception {
        long start = System.nanoTime();
        start("demo");

        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), this::screen);
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(40), this::screen);
        assertEquals(0, demo.exitValue(), this::screen);
        assertTold();
    }

    @Test
    void onALanOfNamespacesItIsTheSameStoryAndGoesOnWhileItIsKept() throws Exception {
        Requirements.lab(getClass());
        start("demo", "--netns", "--keep");

        await(() -> !demo.isAlive() || screen().contains("Ctrl-C ends everything"));
        assertTrue(demo.isAlive(), this::screen);
        assertTold();
        assertTrue(screen().contains("VRRP multicast"), this::screen);
        Matcher hint = Pattern.compile("ip netns exec (\\S+)-client curl").matcher(screen());
        assertTrue(hint.find(), this::screen);

        // Killed, it can tidy nothing up itself.
        demo.destroyForcibly();
        await(() -> namespaces(hint.group(1)).isEmpty());
    }

    @Test
    void terminatedItTakesItsNodesAndItsDirectoryAlong() throws Exception {
        start("demo");
        awaitNodes();
        demo.toHandle().destroy();

        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), this::screen);
        assertEquals(TERMINATED, demo.exitValue(), this::screen);
        nodes.forEach(node -> await(() -> !node.isAlive()));
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertEquals(List.of(), left.filter(path -> named(path, "evenkeel-demo-")).toList());
        }
    }

    @Test
    void killedItLeavesNoNodeBehind() throws Exception {
        start("demo");
        awaitNodes();
        demo.destroyForcibly();

        nodes.forEach(node -> await(() -> !node.isAlive()));
    }

    private static List<Path> namespaces(String prefix) {
        try (Stream<Path> names = Files.list(Path.of("/run/netns"))) {
            return names.filter(path -> named(path, prefix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean named(Path path, String prefix) {
        return path.getFileName().toString().startsWith(prefix);
    }

    private void start(String... arguments) throws IOException {
        Path tmp = Files.createDirectories(directory.resolve("tmp"));
        List<String> command = new ArrayList<>(Launcher.command(arguments));
        command.add(1, "-Djava.io.tmpdir=" + tmp);
        demo =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("screen").toFile())
                        .start();
    }

    private void awaitNodes() {
        await(() -> demo.descendants().count() >= 2);
        demo.descendants().forEach(nodes::add);
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, this::screen);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void assertTold() {
        for (String step : STEPS) {
            assertTrue(
                    screen().lines().anyMatch(line -> line.matches("  [✔+] " + step + " .*")),
                    () -> "No tick at " + step + ":\n" + screen());
        }
        assertTrue(screen().contains("All 7 steps seen"), this::screen);
    }

    private String screen() {
        try {
            return Files.readString(directory.resolve("screen"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "The demo's output cannot be read: " + e;
        }
    }
}
