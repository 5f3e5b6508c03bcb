package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code evenkeel doctor} on a LAN where a keepalived of another cluster speaks under the same VRID. */
class DoctorIT extends LabTest {
    private static final String OTHER_CLUSTER =
            """
            vrrp_instance OTHER {
                interface eth0
                virtual_router_id 51
                priority 150
                advert_int 1
                version 3
                virtual_ipaddress {
                    10.88.0.200
                }
            }
            """;
    private static final String OURS =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                priority 100
                advert_int 1
                version 3
                virtual_ipaddress {
                    10.88.0.100
                }
            }
            """;

    private LabHost host;

    @BeforeAll
    void build() {
        createLab("keepalived");
        host = lab().addHost("host", "eth0", "10.88.0.1/24");
        LabHost other = lab().addHost("other", "eth0", "10.88.0.2/24");
        StockNode keepalived = new StockNode(other, OTHER_CLUSTER, null, List.of());
        keepalived.start();
        Conditions.await(
                "the other cluster's address",
                ELECTION,
                () -> other.holds("10.88.0.200"),
                this::evidence);
    }

    @Test
    void aCollidingVridIsAWarningThatNamesTheOtherHost() {
        LauncherRun run = doctor(OURS);
        run.assertExit(0);
        String line = line(run, "WARNING", "VI_1");
        assertTrue(line.contains("10.88.0.2"), run.output());
        assertTrue(line.contains("advertises 10.88.0.200 under this router's VRID"), run.output());
        assertTrue(line.contains("another virtual_router_id"), run.output());
        assertFalse(run.output().contains("\u001b"), "escape sequences without a terminal");
    }

    @Test
    void aVridOfItsOwnIsRightAndTheOtherClusterIsNoted() {
        LauncherRun run = doctor(OURS.replace("virtual_router_id 51", "virtual_router_id 52"));
        run.assertExit(0);
        assertFalse(run.output().contains("WARNING"), run.output());
        assertTrue(
                line(run, "note", "lan")
                        .contains("VRID 51 on eth0 is in use: 10.88.0.2 advertises 10.88.0.200"),
                run.output());
    }

    @Test
    void anAddressThatTheHostHasIsAnErrorWithItsLine() {
        LauncherRun run = doctor(OURS.replace("10.88.0.100", "10.88.0.1"));
        run.assertExit(3);
        assertTrue(
                line(run, "ERROR", "VI_1")
                        .contains(host.directory().resolve("keepalived.conf") + ":2: "),
                run.output());
        assertTrue(run.output().contains("10.88.0.1 is an address of this host already"));
    }

    @Test
    void withoutAFileItSaysWhoSpeaks() {
        LauncherRun run = LauncherRun.of(host.run(command()));
        run.assertExit(0);
        assertTrue(line(run, "note", "lan").contains("VRID 51 on eth0"), run.output());
    }

    private LauncherRun doctor(String text) {
        Path file = Configs.write(host.directory(), "keepalived.conf", text);
        return LauncherRun.of(host.run(command("--keepalived", file.toString())));
    }

    private static String[] command(String... arguments) {
        List<String> all = new ArrayList<>(List.of("doctor"));
        all.addAll(List.of(arguments));
        return Launcher.command(all.toArray(String[]::new)).toArray(String[]::new);
    }

    /** The one line of this severity about this subject. */
    private static String line(LauncherRun run, String severity, String subject) {
        List<String> lines =
                run.output()
                        .lines()
                        .filter(l -> l.matches(severity + " +" + subject + " .*"))
                        .toList();
        assertEquals(1, lines.size(), run.output());
        return lines.get(0);
    }
}
