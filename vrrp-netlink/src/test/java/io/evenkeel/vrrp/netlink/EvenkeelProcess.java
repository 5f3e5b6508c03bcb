package io.evenkeel.vrrp.netlink;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Evenkeel in a JVM of its own, with the configuration that keepalived would have. */
final class EvenkeelProcess implements RouterProcess {
    // A JVM that starts among many others on a small machine.
    private static final int START_SECONDS = 60;

    private final Namespace host;
    private final Path file;
    private final Path log;
    private @Nullable Process process;

    /**
     * One that is not started yet.
     *
     * @param directory where its files go
     */
    EvenkeelProcess(Namespace host, Path directory) {
        this.host = host;
        file = directory.resolve("evenkeel.conf");
        log = directory.resolve("evenkeel.log");
    }

    @Override
    public void start(RouterSettings settings) throws Exception {
        start(settings.keepalivedConf());
    }

    void start(String configuration) throws Exception {
        Files.writeString(file, configuration);
        // Many start at once in a test: as little work as can be for the compiler and the
        // collector.
        ProcessBuilder java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConfiguredNode.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long before = told(ConfiguredNode.STARTED);
        process = host.call(java::start);
        Conditions.await(
                "Evenkeel to start", START_SECONDS, () -> told(ConfiguredNode.STARTED) > before);
    }

    @Override
    public void reload(RouterSettings settings) throws Exception {
        reload(settings.keepalivedConf());
    }

    void reload(String configuration) throws Exception {
        Files.writeString(file, configuration);
        long before = told(ConfiguredNode.RELOADED);
        Writer input = process.outputWriter();
        input.write("reload\n");
        input.flush();
        Conditions.await("Evenkeel to reload", () -> told(ConfiguredNode.RELOADED) > before);
    }

    @Override
    public void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("Evenkeel did not end within 10 s.");
        }
    }

    @Override
    public void signal(String name) throws Exception {
        RouterProcess.signal(name, List.of(process));
    }

    @Override
    public String interfaceName(Way way) {
        return "eth0";
    }

    @Override
    public String log() throws Exception {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private long told(String line) throws Exception {
        return log().lines().filter(line::equals).count();
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
