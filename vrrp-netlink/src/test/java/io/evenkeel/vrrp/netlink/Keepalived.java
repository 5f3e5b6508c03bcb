package io.evenkeel.vrrp.netlink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The keepalived of the distribution, running in a namespace. */
final class Keepalived implements RouterProcess {
    static final String PROGRAM = "/usr/sbin/keepalived";

    private final Namespace host;
    private final Path directory;
    private final Path file;
    private final Path log;
    private @Nullable Process process;

    /**
     * One that is not started yet.
     *
     * @param directory where its files go
     */
    Keepalived(Namespace host, Path directory) {
        this.host = host;
        this.directory = directory;
        file = directory.resolve("keepalived.conf");
        log = directory.resolve("keepalived.log");
    }

    /**
     * One that is started.
     *
     * @param directory where its files go
     * @param instances its configuration without global_defs
     */
    Keepalived(Namespace host, Path directory, int version, String instances) throws Exception {
        this(host, directory);
        start(globals(version) + instances);
    }

    static String globals(int version) {
        return "global_defs {\nrouter_id test\nvrrp_version %d\n}\n".formatted(version);
    }

    /** One instance as keepalived.conf has it. */
    static String instance(
            String name,
            String interfaceName,
            int vrid,
            int priority,
            String interval,
            String rest) {
        return """
        vrrp_instance %s {
            state BACKUP
            interface %s
            virtual_router_id %d
            priority %d
            advert_int %s
            %s
        }
        """
                .formatted(name, interfaceName, vrid, priority, interval, rest);
    }

    @Override
    public void start(RouterSettings settings) throws Exception {
        start(settings.keepalivedConf());
    }

    private void start(String configuration) throws Exception {
        Files.writeString(file, configuration);
        process =
                host.call(
                        () ->
                                new ProcessBuilder(
                                                PROGRAM,
                                                "--dont-fork",
                                                "--log-console",
                                                "--log-detail",
                                                "--vrrp",
                                                "--use-file=" + file,
                                                "--pid=" + directory.resolve("pid"),
                                                "--vrrp_pid=" + directory.resolve("vrrp"))
                                        .redirectErrorStream(true)
                                        .redirectOutput(
                                                ProcessBuilder.Redirect.appendTo(log.toFile()))
                                        .start());
    }

    @Override
    public void reload(RouterSettings settings) throws Exception {
        Files.writeString(file, settings.keepalivedConf());
        // Its parent process passes it on.
        new ProcessBuilder("kill", "-s", "HUP", String.valueOf(process.pid())).start().waitFor();
    }

    @Override
    public void stop() throws Exception {
        close();
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

    /** Has it release its addresses and end. */
    @Override
    public void close() throws Exception {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
