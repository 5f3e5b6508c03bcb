package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code evenkeel run} that cannot do its work: it says why in one sentence and leaves the host alone. */
class RefusalIT extends LabTest {
    private static final String KEEPALIVED =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress {
                    10.88.0.100
                }
            }
            """;

    private static final String HAPROXY =
            """
            frontend web
                bind 10.88.0.1:8080
                default_backend servers
            backend servers
                server one 10.88.0.2:80
            """;

    private LabHost host;
    private String before = "";

    @BeforeAll
    void buildHost() {
        createLab("setpriv");
        host = lab().addHost("host", "eth0", "10.88.0.1/24");
        // The kernel may say so a moment after the link is up, and that is part of the state.
        Conditions.await(
                "the interface is up",
                SOON,
                () -> host.run("ip", "link", "show", "eth0").output().contains("state UP"),
                this::evidence);
    }

    @BeforeEach
    void remember() {
        before = state();
    }

    @AfterEach
    void nothingChanged() {
        assertEquals(before, state());
    }

    @Test
    void aWrongFileIsRefused() {
        Path wrong =
                Configs.write(
                        host.directory(),
                        "wrong.conf",
                        KEEPALIVED.replace("virtual_router_id 51", "virtual_router_id 951"));
        Path right = Configs.write(host.directory(), "right.cfg", HAPROXY);
        LauncherRun run =
                run(Launcher.command("run", "--keepalived", "" + wrong, "--haproxy", "" + right));
        run.assertRefuses(wrong, Set.of(3));
    }

    @Test
    void anAbsentInterfaceIsNamed() {
        LauncherRun run = runKeepalived(KEEPALIVED.replace("eth0", "bond7"));
        run.assertExit(3);
        assertTrue(run.output().contains("bond7"), run.output());
    }

    @Test
    void aRefusalEndsAlsoAJvmThatKeepsItsSignals() {
        Path file =
                Configs.write(
                        host.directory(), "keepalived.conf", KEEPALIVED.replace("eth0", "bond7"));
        List<String> command =
                new ArrayList<>(Launcher.command("run", "--keepalived", file.toString()));
        command.add(1, "-Xrs");
        run(command).assertExit(3);
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        ServerSocket taken =
                host.call(() -> new ServerSocket(8080, 1, InetAddress.getByName("10.88.0.1")));
        try (taken) {
            Path keepalived = Configs.write(host.directory(), "keepalived.conf", KEEPALIVED);
            Path haproxy = Configs.write(host.directory(), "haproxy.cfg", HAPROXY);
            LauncherRun run =
                    run(
                            Launcher.command(
                                    "run",
                                    "--keepalived",
                                    "" + keepalived,
                                    "--haproxy",
                                    "" + haproxy));
            run.assertExit(3);
            assertTrue(run.output().contains("10.88.0.1:8080"), run.output());
        }
    }

    @Test
    void aMissingCapabilityIsNamed() throws IOException {
        try (Unprivileged other = new Unprivileged(KEEPALIVED)) {
            LauncherRun run = run(other.command("run", List.of()));
            run.assertExit(3);
            assertTrue(run.output().matches("(?s).*CAP_NET_(ADMIN|RAW).*"), run.output());
        }
    }

    private LauncherRun runKeepalived(String text) {
        Path file = Configs.write(host.directory(), "keepalived.conf", text);
        return run(Launcher.command("run", "--keepalived", file.toString()));
    }

    private LauncherRun run(List<String> command) {
        return LauncherRun.of(host.run(command.toArray(String[]::new)));
    }

    /** What a program that gives up could have left: addresses, routes, memberships, sysctls. */
    private String state() {
        return host.run(
                        "sh",
                        "-c",
                        "ip -4 addr; ip -4 route show table all; ip -4 maddr; ip rule;"
                                + " sysctl -a 2>/dev/null | grep -E '^net.ipv4.(conf|ip_)'")
                .output();
    }
}
