package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGHUP while the launcher runs a {@code keepalived.conf}, with includes and a variable, and a {@code haproxy.cfg}. */
class ReloadIT extends LabTest {
    private static final String MAIN =
            """
            $VRID=51
            include routers/*.conf
            """;
    private static final String ROUTER =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id $VRID
                version 3
                advert_int 0.1
                virtual_ipaddress {
                    10.88.0.100
                    10.88.0.101
                }
            }
            """;
    private static final String PROXY =
            """
            frontend web
                bind 10.88.0.100:8080
                default_backend servers
            backend servers
                server one 10.88.0.1:80
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LabHost host;
    private LabProcess launcher;
    private int launches;

    @BeforeAll
    void buildHost() {
        createLab();
        host = lab().addHost("host", "eth0", "10.88.0.1/24");
    }

    @BeforeEach
    void start() {
        writeRouter(ROUTER);
        Configs.write(host.directory(), "haproxy.cfg", PROXY);
        // Whoever runs the tests may have been started with it ignored.
        launch("--default-signal=HUP");
    }

    private void launch(String disposition) {
        Path main = Configs.write(host.directory(), "keepalived.conf", MAIN);
        List<String> command = new ArrayList<>(List.of("env", disposition));
        Path haproxy = host.directory().resolve("haproxy.cfg");
        command.addAll(
                Launcher.command("run", "--keepalived", "" + main, "--haproxy", "" + haproxy));
        // Each with an output of its own.
        launcher = host.start("evenkeel" + ++launches, command);
        awaitAddresses(true, true, false);
    }

    @AfterEach
    void stop() {
        launcher.terminate();
        assertEquals(0, launcher.awaitExit(30, TimeUnit.SECONDS), launcher.output());
        awaitAddresses(false, false, false);
    }

    private void writeRouter(String text) {
        Configs.write(host.directory().resolve("routers"), "one.conf", text);
    }

    private void awaitAddresses(boolean first, boolean second, boolean third) {
        Conditions.await(
                "the addresses",
                PATIENCE,
                () ->
                        host.holds("10.88.0.100") == first
                                && host.holds("10.88.0.101") == second
                                && host.holds("10.88.0.102") == third,
                this::evidence);
    }

    private void hangUp() {
        try {
            new ProcessBuilder("kill", "-HUP", String.valueOf(launcher.pid())).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("kill cannot be started.", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The log is written behind the VRRP thread's back. */
    private void assertBecameActive(int times) {
        Conditions.await(
                "the log of ACTIVE", PATIENCE, () -> timesActive() >= times, this::evidence);
        assertEquals(times, timesActive(), launcher.output());
    }

    private int timesActive() {
        return launcher.output().split("to ACTIVE", -1).length - 1;
    }

    private void reload(String expected) {
        hangUp();
        Conditions.await(
                expected, PATIENCE, () -> launcher.output().contains(expected), this::evidence);
    }

    @Test
    void onlyTheDifferenceIsDoneAndTheActiveStaysActive() {
        writeRouter(ROUTER.replace("10.88.0.101", "10.88.0.102"));
        reload("SIGHUP: the virtual routers are as the file says now");
        awaitAddresses(true, false, true);
        assertBecameActive(1);
    }

    @Test
    void theProxyListensWhereItsFileSays() {
        Configs.write(
                host.directory(),
                "haproxy.cfg",
                PROXY.replace("8080", "8080\n    bind 10.88.0.100:8090"));
        reload("SIGHUP: the proxy is as the file says now");
        assertEquals(List.of("8080", "8090"), listening());
        Configs.write(host.directory(), "haproxy.cfg", PROXY.replace("8080", "8090"));
        hangUp();
        Conditions.await(
                "the old listener is gone",
                PATIENCE,
                () -> listening().equals(List.of("8090")),
                this::evidence);
        assertBecameActive(1);
    }

    private List<String> listening() {
        return host.run("ss", "-Hltn", "src", "10.88.0.100")
                .output()
                .lines()
                .map(line -> line.replaceFirst(".*10\\.88\\.0\\.100:(\\d+).*", "$1"))
                .distinct()
                .sorted()
                .toList();
    }

    /** Neither of which a reload could do while one router had a command. */
    @Test
    void aRouterWithCommandsComesAndGoes() {
        Path told = host.directory().resolve("told");
        String second =
                ROUTER.replace("VI_1", "VI_2")
                        .replace("$VRID", "52")
                        .replace("10.88.0.100", "10.88.0.102")
                        .replace("        10.88.0.101\n", "")
                        .replace(
                                "    interface eth0\n",
                                """
                                    interface eth0
                                    notify_master "/usr/bin/touch %s.master"
                                    notify_deleted "/usr/bin/touch %s.deleted"
                                """
                                        .formatted(told, told));
        writeRouter(ROUTER + second);
        reload("SIGHUP: the virtual routers are as the file says now");
        awaitAddresses(true, true, true);
        awaitFile(told + ".master");
        writeRouter(ROUTER);
        hangUp();
        awaitAddresses(true, true, false);
        awaitFile(told + ".deleted");
        assertBecameActive(2);
    }

    private void awaitFile(String path) {
        Conditions.await(path, PATIENCE, () -> Files.exists(Path.of(path)), this::evidence);
    }

    @Test
    void aWrongFileChangesNothing() {
        writeRouter(ROUTER.replace("10.88.0.101", "10.88.0.1010"));
        reload("SIGHUP: the files are wrong, so nothing was changed");
        assertTrue(launcher.output().contains("one.conf:8: "), launcher.output());
        awaitAddresses(true, true, false);
    }

    @Test
    void whatTheHostRefusesChangesNothing() {
        writeRouter(
                ROUTER
                        + ROUTER.replace("VI_1", "VI_2")
                                .replace("eth0", "eth7")
                                .replaceAll("10\\.88\\.0\\.10", "10.88.0.20"));
        reload("but of the virtual routers nothing was changed: ");
        assertTrue(launcher.output().contains("eth7"), launcher.output());
        awaitAddresses(true, true, false);
        hangUp();
        Conditions.await(
                "the same again",
                PATIENCE,
                () -> launcher.output().split("nothing was changed: ", -1).length == 3,
                this::evidence);
        writeRouter(ROUTER);
        reload("SIGHUP: the virtual routers are as the file says now");
    }

    @Test
    void whoIsStartedAsByNohupStaysAndSaysWhatItTakes() {
        stop();
        launch("--ignore-signal=HUP");
        String warning = "WARN evenkeel - SIGHUP does not reach this process";
        Conditions.await(
                warning, PATIENCE, () -> launcher.output().contains(warning), this::evidence);
        hangUp();
        awaitAddresses(true, true, false);
    }
}
