package io.evenkeel.lb.netty;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real dnsmasq on a local port that answers from a hosts file, and knows nobody else. */
final class DnsmasqProcess implements AutoCloseable {
    private final Path hosts;
    private final int port;
    private final Process process;

    private DnsmasqProcess(Path hosts, int port, Process process) {
        this.hosts = hosts;
        this.port = port;
        this.process = process;
    }

    /**
     * Runs until it is closed.
     *
     * @param lines of the hosts file
     * @param options such as {@code --srv-host}
     */
    static DnsmasqProcess start(Path directory, List<String> lines, String... options)
            throws Exception {
        Path hosts = directory.resolve("hosts");
        Path log = directory.resolve("dnsmasq.log");
        Files.write(hosts, lines);
        int port = TcpServer.unusedPort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/usr/sbin/dnsmasq",
                                "--keep-in-foreground",
                                "--conf-file=/dev/null",
                                "--pid-file=",
                                "--user=",
                                "--log-facility=-",
                                "--no-resolv",
                                "--no-hosts",
                                "--local=/test/",
                                "--addn-hosts=" + hosts,
                                "--listen-address=127.0.0.1",
                                "--bind-interfaces",
                                "--port=" + port));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        DnsmasqProcess dnsmasq = new DnsmasqProcess(hosts, port, process);
        try {
            Await.until(
                    "dnsmasq has read its hosts",
                    () -> {
                        String said = Files.readString(log);
                        if (!process.isAlive()) {
                            throw new AssertionError("dnsmasq has ended: " + said);
                        }
                        return said.contains("read " + hosts);
                    });
        } catch (Exception | AssertionError e) {
            dnsmasq.close();
            throw e;
        }
        return dnsmasq;
    }

    int port() {
        return port;
    }

    /** Answers from these lines from now on. */
    void change(String... lines) throws Exception {
        Files.write(hosts, List.of(lines), StandardCharsets.US_ASCII);
        Process kill =
                new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                        .inheritIO()
                        .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("SIGHUP could not be sent to dnsmasq");
        }
    }

    /** Nobody answers from now on. */
    void kill() {
        process.destroyForcibly();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }
}
