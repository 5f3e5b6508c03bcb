package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What rights the launcher needs, as in a container, and what it does with those that it can do without. */
class RightsIT extends LabTest {
    private static final String VIP = "10.88.0.100";
    private static final List<String> NEEDED = List.of("+net_admin", "+net_raw");
    private static final String KEEPALIVED =
            """
            global_defs {
                vrrp_rt_priority 50
                vrrp_no_swap
            }
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                version 3
                advert_int 0.1
                virtual_ipaddress {
                    10.88.0.100
                }
            }
            """;

    private LabHost host;

    @BeforeAll
    void buildHost() {
        createLab("setpriv");
        host = lab().addHost("host", "eth0", "10.88.0.1/24");
    }

    @Test
    void anotherUserWithTwoCapabilitiesKeepsTheAddressAlive() throws Exception {
        try (Unprivileged other = new Unprivileged(KEEPALIVED)) {
            LabProcess node = host.start("other-user", other.command("run", NEEDED));
            awaitActive(node);
            String status = Files.readString(Path.of("/proc/" + node.pid() + "/status"));
            assertTrue(status.contains("CapEff:\t0000000000003000"), status);
            assertTrue(status.matches("(?s).*Uid:\\t65534\\t.*"), status);
            awaitLog(node, "sched_setscheduler(SCHED_FIFO, 50) failed with EPERM");
            awaitLog(node, "Give the process CAP_SYS_NICE");
            awaitLog(node, "Give the process CAP_IPC_LOCK");
            assertEquals(List.of(), realTimeThreads(node));
            stop(node);
        }
    }

    @Test
    void withoutThemEachMissingOneIsNamed() throws Exception {
        try (Unprivileged other = new Unprivileged(KEEPALIVED)) {
            for (String subcommand : List.of("run", "doctor")) {
                LauncherRun none = run(other.command(subcommand, List.of()));
                none.assertExit(3);
                assertTrue(none.output().contains("CAP_NET_RAW"), none.output());
                assertTrue(none.output().contains("CAP_NET_ADMIN"), none.output());
                LauncherRun one = run(other.command(subcommand, List.of("+net_raw")));
                one.assertExit(3);
                assertTrue(one.output().contains("lacks CAP_NET_ADMIN"), one.output());
                assertFalse(one.output().contains("lacks CAP_NET_RAW"), one.output());
            }
        }
    }

    @Test
    void theDoctorSaysWhatTheTwoCapabilitiesDoNotAllow() throws Exception {
        try (Unprivileged other = new Unprivileged(KEEPALIVED)) {
            LauncherRun run = run(other.command("doctor", NEEDED));
            run.assertExit(0);
            assertTrue(
                    run.output().matches("(?s).*ok +rights +The process has CAP_NET_ADMIN.*"),
                    run.output());
            assertTrue(
                    run.output().matches("(?s).*WARNING +real-time priority .*CAP_SYS_NICE.*"),
                    run.output());
            assertTrue(
                    run.output().matches("(?s).*WARNING +locked memory .*CAP_IPC_LOCK.*"),
                    run.output());
        }
    }

    @Test
    void rootHasOneThreadInRealTimeAndAllItsMemoryInRam() throws Exception {
        Path file = Configs.write(host.directory(), "keepalived.conf", KEEPALIVED);
        LabProcess node =
                host.start("root", Launcher.command("run", "--keepalived", file.toString()));
        awaitActive(node);
        awaitLog(node, "The VRRP thread has SCHED_FIFO with priority 50.");
        awaitLog(node, "The VRRP thread has memory locked into RAM.");
        awaitLog(node, "The VRRP thread has a timer slack of 1000 ns.");
        assertEquals(List.of("evenkeel-vrrp 50"), realTimeThreads(node));
        String status = Files.readString(Path.of("/proc/" + node.pid() + "/status"));
        assertFalse(status.matches("(?s).*VmLck:\\s+0 kB.*"), status);
        stop(node);
    }

    private void awaitActive(LabProcess node) {
        Conditions.await(
                VIP + " on the host",
                ELECTION,
                () -> host.holds(VIP) || !node.isAlive(),
                this::evidence);
        assertTrue(node.isAlive(), node.output());
    }

    /** The log is written behind the VRRP thread's back. */
    private void awaitLog(LabProcess node, String part) {
        Conditions.await(
                "'" + part + "' in the log",
                ELECTION,
                () -> node.output().contains(part),
                this::evidence);
    }

    private void stop(LabProcess node) {
        node.terminate();
        assertEquals(0, node.awaitExit(30, TimeUnit.SECONDS), node.output());
        assertFalse(host.holds(VIP));
    }

    /** Names and priorities of the threads of SCHED_FIFO; the 40th and 41st word of proc(5)'s stat. */
    private static List<String> realTimeThreads(LabProcess node) throws IOException {
        List<String> found = new ArrayList<>();
        Path tasks = Path.of("/proc/" + node.pid() + "/task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String stat;
                String comm;
                try {
                    stat = Files.readString(thread.resolve("stat"));
                    comm = Files.readString(thread.resolve("comm"));
                } catch (IOException e) {
                    if (Files.exists(thread)) {
                        throw e;
                    }
                    continue; // ended since it was listed
                }
                String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                if (afterName[38].equals("1")) {
                    found.add(comm.strip() + " " + afterName[37]);
                }
            }
        }
        return found;
    }

    private LauncherRun run(List<String> command) {
        return LauncherRun.of(host.run(command.toArray(String[]::new)));
    }
}
