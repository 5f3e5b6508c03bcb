package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How sockets are opened, as configured: everything that is wrong is told at once, with its place. */
class SocketConfigTest {
    private static void assertProblems(String expected, Executable made) {
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, made);
        assertEquals(
                expected,
                String.join(
                        "\n",
                        refused.problems().stream()
                                .map(p -> p.path() + " " + p.message())
                                .toList()));
    }

    @Test
    void aSourceIsAddressesOfThisHostAndPortsInOrder() {
        assertProblems(
                """
                source.hosts is empty; name an address of this host
                source.lastPort is 1, but must be from 2 to 65535""",
                () -> new SourceConfig(List.of(), 2, 1, null, SourceConfig.Appearance.OWN));
        assertProblems(
                """
                source.hosts[1] is 'web1', but must be an address such as 192.0.2.1 or 2001:db8::1, not a name
                source.firstPort is 0, but a range begins with a port from 1 to 65535
                source.device is 'a/b', but the name of an interface has 1 to 15 characters and no slash""",
                () ->
                        new SourceConfig(
                                List.of("192.0.2.1", "web1"),
                                0,
                                9,
                                "a/b",
                                SourceConfig.Appearance.OWN));
        assertFalse(SourceConfig.of("192.0.2.1", "2001:db8::1").isTransparent());
        assertTrue(
                new SourceConfig(
                                List.of("0.0.0.0"),
                                0,
                                0,
                                "eth0",
                                SourceConfig.Appearance.CLIENT_ADDRESS)
                        .isTransparent());
    }

    @Test
    void howAnAddressIsListenedOn() {
        assertProblems(
                """
                listen.backlog is 0, but must be at least 1
                listen.maxSegmentBytes is 65536, but must be from 0 to 65535
                listen.device is 'averyveryverylongname', but the name of an interface has 1 to 15 characters and no slash
                listen.userTimeout is PT-1S, but must be from 0 (no limit) to 2147483647 ms""",
                () ->
                        ListenConfig.builder()
                                .backlog(0)
                                .maxSegmentBytes(65_536)
                                .device("averyveryverylongname")
                                .userTimeout(Duration.ofSeconds(-1))
                                .build());
        assertProblems(
                "frontend[web].listenConfig[0.0.0.0:81] is for an address that is not bound; bind it as"
                        + " well",
                () ->
                        FrontendConfig.builder("web")
                                .bind("*", 80)
                                .defaultBackend("app")
                                .listenConfig(new BindAddress("*", 81), ListenConfig.DEFAULT)
                                .build());
    }

    @Test
    void howAServerIsConnectedTo() {
        assertProblems(
                """
                connect.maxConnecting is -1, but must be at least 0
                connect.userTimeout is PT-1S, but must be from 0 (no limit) to 2147483647 ms""",
                () ->
                        ConnectConfig.builder()
                                .maxConnecting(-1)
                                .userTimeout(Duration.ofSeconds(-1))
                                .build());
    }

    @Test
    void keepAliveTimesAreThoseThatLinuxTakes() {
        assertProblems(
                """
                keepAlive.idleSeconds is 32768, but must be from 0 to 32767
                keepAlive.intervalSeconds is -1, but must be from 0 to 32767
                keepAlive.probes is 128, but must be from 0 to 127""",
                () -> new KeepAlive(32_768, -1, 128));
    }
}
