package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Routes and rules of a {@code keepalived.conf}, from the launcher's start through a crash to its end. */
class RoutesIT extends LabTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String STATICS =
            """
            static_ipaddress {
                10.99.0.1/24 dev eth0
            }
            static_routes {
                203.0.113.0/24 via 10.99.0.2
            }
            static_rules {
                from 203.0.113.0/24 table 200 priority 200
            }
            """;
    private static final String ROUTER =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                priority 100
                version 3
                advert_int 0.1
                virtual_ipaddress {
                    10.88.0.100
                }
                virtual_routes {
                    src 10.88.0.100 to 198.51.100.0/24 via 10.88.0.7 dev eth0
                    0.0.0.0/0 gw 10.88.0.7 table 100
                    blackhole 198.51.101.0/24
                }
                virtual_rules {
                    from 10.88.0.100 table 100 priority 100
                }
            }
            """;

    /** What {@code ip} shows of it, the statics first. */
    private static final List<String> STATIC_LINES =
            List.of(
                    "203.0.113.0/24 via 10.99.0.2 dev eth0 proto 112",
                    "200: from 203.0.113.0/24 lookup 200 proto 112");

    private static final List<String> ROUTER_LINES =
            List.of(
                    "198.51.100.0/24 via 10.88.0.7 dev eth0 proto 112 src 10.88.0.100",
                    "default via 10.88.0.7 dev eth0 table 100 proto 112",
                    "blackhole 198.51.101.0/24 proto 112",
                    "100: from 10.88.0.100 lookup 100 proto 112");

    private LabHost host;
    private LabProcess launcher;

    @BeforeAll
    void buildHost() {
        createLab();
        host = lab().addHost("host", "eth0", "10.88.0.1/24");
    }

    @AfterEach
    void stop() {
        launcher.terminate();
        assertEquals(0, launcher.awaitExit(30, TimeUnit.SECONDS), launcher.output());
        assertEquals(List.of(), ours(), launcher.output());
    }

    @Test
    void aKilledNodeLeavesRoutesBehindWhichTheNextOneRemoves() {
        launch(STATICS + ROUTER);
        await(Stream.concat(STATIC_LINES.stream(), ROUTER_LINES.stream()).toList());
        launcher.kill();
        assertTrue(ours().size() >= STATIC_LINES.size(), "nobody tidied up");
        // Not Active for a while, and without what was static before.
        launch("global_defs {\nvrrp_startup_delay 6\n}\n" + ROUTER);
        Conditions.await(
                "nothing of the killed node", PATIENCE, () -> ours().isEmpty(), this::evidence);
        await(ROUTER_LINES);
        Conditions.await(
                "the log of it",
                PATIENCE,
                () -> launcher.output().contains("an earlier process left it behind"),
                this::evidence);
    }

    @Test
    void aReloadChangesTheDifference() throws Exception {
        launch(ROUTER);
        await(ROUTER_LINES);
        Configs.write(
                host.directory(),
                "keepalived.conf",
                ROUTER.replace("blackhole 198.51.101.0/24", "prohibit 198.51.102.0/24"));
        new ProcessBuilder("kill", "-HUP", String.valueOf(launcher.pid())).start().waitFor();
        await(
                ROUTER_LINES.stream()
                        .map(
                                line ->
                                        line.replace(
                                                "blackhole 198.51.101.0/24",
                                                "prohibit 198.51.102.0/24"))
                        .toList());
    }

    private void launch(String keepalivedConf) {
        Configs.write(host.directory(), "keepalived.conf", keepalivedConf);
        List<String> command =
                Stream.concat(
                                // Whoever runs the tests may have been started with it ignored.
                                Stream.of("env", "--default-signal=HUP"),
                                Launcher.command("run", "--keepalived", "keepalived.conf").stream())
                        .toList();
        launcher = host.start("evenkeel", command);
    }

    private void await(List<String> lines) {
        Conditions.await(
                lines.toString(),
                PATIENCE,
                () -> ours().stream().sorted().toList().equals(lines.stream().sorted().toList()),
                () -> String.join("\n", ours()) + evidence());
    }

    /** The routes and rules that carry Evenkeel's number. */
    private List<String> ours() {
        return Stream.of(host.run("ip", "route", "show", "table", "all"), host.run("ip", "rule"))
                .flatMap(result -> result.output().lines())
                .filter(line -> line.contains("proto 112"))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .collect(Collectors.toList());
    }
}
