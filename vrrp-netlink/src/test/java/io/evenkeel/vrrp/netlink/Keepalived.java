package io.evenkeel.vrrp.netlink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The keepalived of the distribution, running in a namespace. */
final class Keepalived {
    static final String PROGRAM = "/usr/sbin/keepalived";

    private final Process process;

    /**
     * @param directory where its files go
     * @param instances its configuration without global_defs
     */
    Keepalived(Namespace host, Path directory, int version, String instances) throws Exception {
        Path file = directory.resolve("keepalived.conf");
        Files.writeString(
                file,
                """
                global_defs {
                    router_id test
                    vrrp_version %d
                }
                %s
                """
                        .formatted(version, instances));
        Path log = directory.resolve("keepalived.log");
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
                                        .redirectOutput(log.toFile())
                                        .start());
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

    /** Has it release its addresses and end. */
    void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
