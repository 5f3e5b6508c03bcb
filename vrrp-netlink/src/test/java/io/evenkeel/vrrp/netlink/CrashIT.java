package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, stopped, started twice, or told too much. */
@RootTest
class CrashIT {
    private static final String VIP = "10.9.0.100";

    /** What a lease of 2 s and the second in which the kernel counts leave, and what a busy machine adds. */
    private static final long LEASE_BOUND_NANOS = 3_000_000_000L + 5_000_000_000L;

    @TempDir Path directory;
    private final List<NodeProcess> processes = new ArrayList<>();
    private final List<VrrpService> services = new ArrayList<>();
    private Lan lan;
    private Lan second;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(2);
        second = lan.second();
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(VrrpService::close);
        for (NodeProcess process : processes) {
            process.kill();
        }
        second.close();
        lan.close();
    }

    @Test
    void aKilledProcessLosesTheAddressWithItsLeaseAndThePeerHasIt() throws Exception {
        // Case 111.
        NodeProcess node = start(1, "51", "150", "100", VIP);
        VrrpService peer = startPeer(100);
        lan.awaitOwner(1, VIP);
        Conditions.await("the peer as Backup", () -> state(peer) == VrrpState.BACKUP);
        node.kill();
        long killed = System.nanoTime();
        Conditions.await("the peer as Active", () -> state(peer) == VrrpState.ACTIVE);
        long taken = System.nanoTime() - killed;
        lan.awaitAddress(1, VIP, false);
        long gone = System.nanoTime() - killed;
        System.out.printf(
                "after SIGKILL: the peer was Active after %d ms, the address gone after %d ms%n",
                taken / 1_000_000, gone / 1_000_000);
        assertTrue(gone < LEASE_BOUND_NANOS, gone + " ns");
        lan.awaitOwner(2, VIP);
    }

    @Test
    void aProcessThatIsStartedAnewRemovesWhatTheKilledOneLeft() throws Exception {
        // Case 104. The lease is long: nothing else removes the address so soon.
        NodeProcess node = start(1, "51", "255", "30000", VIP);
        lan.awaitAddress(1, VIP, true);
        node.kill();
        assertTrue(lan.hasAddress(1, VIP));
        NodeProcess anew = start(1, "51", "100", "30000", VIP);
        assertEquals("started", anew.greeting());
        assertFalse(lan.hasAddress(1, VIP));
        Conditions.await("the Backup", () -> anew.ask().startsWith("BACKUP"));
        assertFalse(lan.hasAddress(1, VIP));
    }

    @Test
    void aSecondProcessWithTheSameAddressIsRefusedAndTheFirstKeepsIt() throws Exception {
        NodeProcess first = start(1, "51", "150", "100", VIP);
        lan.awaitAddress(1, VIP, true);
        NodeProcess other = start(1, "52", "150", "100", VIP);
        assertTrue(
                other.greeting()
                        .contains(
                                "another process or service of Evenkeel in this network namespace keeps 10.9.0.100 on eth0."),
                other.greeting());
        assertTrue(lan.hasAddress(1, VIP));
        assertTrue(first.ask().startsWith("ACTIVE"));
        first.kill();
        assertEquals("started", start(1, "52", "150", "100", VIP).greeting());
        lan.awaitOwner(1, VIP);
    }

    @Test
    void aSecondProcessWithAnotherAddressRunsBesideTheFirst() throws Exception {
        start(1, "51", "150", "100", VIP);
        start(1, "52", "150", "100", "10.9.0.101");
        lan.awaitOwner(1, VIP);
        lan.awaitOwner(1, "10.9.0.101");
    }

    @Test
    void aProcessThatMissedTheNewsFindsOutWhatIsTrue() throws Exception {
        // Case 106: the news of eth1 is dropped, since the process was stopped while very much
        // came.
        NodeProcess node = start(1, "51", "150", "100", VIP, "eth1");
        VrrpService peer = startPeer(100);
        lan.awaitOwner(1, VIP);
        lan.host(1).ip("link add flood type bridge");
        lan.host(1).ip("link set flood up");
        node.pause();
        batch("add");
        second.cut(1);
        Conditions.await(
                "no carrier on eth1",
                () -> !lan.host(1).ip("-o link show eth1").contains("LOWER_UP"));
        lan.awaitOwner(2, VIP);
        node.resume();
        Conditions.await("the fault", () -> node.ask().startsWith("FAULT"));
        String answer = node.ask();
        assertTrue(Integer.parseInt(answer.split(" ")[1]) > 0, answer);
        lan.awaitOwner(2, VIP);
        second.mend(1);
        batch("del");
        lan.awaitOwner(1, VIP);
        Conditions.await("the peer as Backup", () -> state(peer) == VrrpState.BACKUP);
    }

    /** Six thousand changes of addresses at once: more than the kernel keeps for one who does not read. */
    private void batch(String what) throws Exception {
        String lines =
                IntStream.range(0, 6000)
                        .mapToObj(
                                i ->
                                        "addr "
                                                + what
                                                + " 10.77."
                                                + i / 250
                                                + "."
                                                + i % 250
                                                + "/32 dev flood")
                        .collect(Collectors.joining("\n", "", "\n"));
        Path file = Files.writeString(directory.resolve(what), lines);
        lan.host(1).ip("-batch " + file);
    }

    private NodeProcess start(int host, String... arguments) throws Exception {
        NodeProcess process = new NodeProcess(lan.host(host), arguments);
        processes.add(process);
        return process;
    }

    private VrrpService startPeer(int priority) throws Exception {
        VirtualRouterConfig config =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(100))
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse(VIP))))
                        .build();
        VrrpService service = VrrpService.builder().router(config).build();
        services.add(service);
        return lan.host(2)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
    }

    private static VrrpState state(VrrpService service) {
        return service.snapshot().routers().get(0).state();
    }
}
