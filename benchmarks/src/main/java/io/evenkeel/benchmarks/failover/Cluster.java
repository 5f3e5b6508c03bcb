package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import io.evenkeel.examples.lab.NetworkLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Two routers and a client on a LAN, each host a network namespace on one bridge, and the capture at the client. Host 1 has the
 * higher priority, and preempts.
 */
final class Cluster implements AutoCloseable {
    /** The address of host 1. */
    static final String FIRST = "10.80.0.1";

    private static final long BEFORE_NANOS = 50_000_000;
    private static final Duration UP_LIMIT = Duration.ofSeconds(20);

    private final Settings settings;
    private final Routers routers;
    private final Pair pair;
    private final NetworkLab lab;
    private final List<LabHost> hosts;
    private final LabHost client;
    private final Capture capture;
    private final long[] macs;
    private final @Nullable LabProcess[] processes = new LabProcess[2];
    private volatile @Nullable EchoProbe probe;
    private boolean closed;

    Cluster(Settings settings, Routers routers, Pair pair) {
        this.settings = settings;
        this.routers = routers;
        this.pair = pair;
        try {
            lab =
                    NetworkLab.create(
                            Files.createTempDirectory(settings.workplace().directory(), "lan"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            hosts =
                    List.of(
                            lab.addHost("one", "eth0", FIRST + "/16"),
                            lab.addHost("two", "eth0", "10.80.0.2/16"));
            client = lab.addHost("client", "eth0", "10.80.0.50/16");
            macs = hosts.stream().mapToLong(h -> Packet.macOf(h.macAddress())).toArray();
            capture = Capture.start(client);
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
        settings.workplace().hold(this);
    }

    Routers routers() {
        return routers;
    }

    LabHost host(int number) {
        return hosts.get(number - 1);
    }

    /** Ends the capture early; of what comes later nothing can be known. */
    void stopCapture() {
        capture.close();
    }

    Capture capture() {
        return capture;
    }

    Product product(int number) {
        return number == 1 ? pair.active() : pair.backup();
    }

    LabProcess process(int number) {
        LabProcess process = processes[number - 1];
        if (process == null) {
            throw new IllegalStateException("Nothing was started on host " + number + ".");
        }
        return process;
    }

    /** Starts the product of this host beside {@code load}, which keepalived does not carry. */
    LabProcess start(int number, Load load) {
        LabHost host = host(number);
        Path file = host.directory().resolve("keepalived.conf");
        try {
            Files.writeString(file, routers.configuration(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Product product = product(number);
        LabProcess process = host.start(product.toString(), product.command(file, load, settings));
        processes[number - 1] = process;
        return process;
    }

    /** Waits until what was started on this host takes part. */
    void awaitUp(int number) {
        require(
                product(number) + " is up on host " + number,
                UP_LIMIT,
                () -> product(number).isUp(process(number).output()));
    }

    /** Starts both and waits until host 1 alone owns the address and its Backup is quiet. */
    void startBoth() {
        start(1, Load.NONE);
        start(2, Load.NONE);
        awaitUp(2);
        awaitFirstOwns();
    }

    /** Has the client ask the first address every millisecond from now on. */
    void startProbe() {
        probe = EchoProbe.start(client, Routers.VIP);
    }

    /**
     * Waits until host 1 alone advertises and owns the addresses, and answers the client if that asks. The client forgets its
     * neighbours first: no announcement is due where a Backup that was cut off steps down at once.
     */
    void awaitFirstOwns() {
        client.forgetNeighbours();
        Duration quiet = Duration.ofMillis(3L * routers.intervalMillis());
        long limit = 8L * routers.intervalMillis() + 20_000;
        require(
                "host 1 alone owns " + Routers.VIP,
                Duration.ofMillis(limit),
                () -> {
                    long since = Capture.epochNanos() - quiet.toNanos();
                    List<Packet> recent = capture.since(since);
                    return advertises(recent, 1)
                            && !advertises(recent, 2)
                            && (probe == null || answers(recent, 1))
                            && host(1).holds(Routers.VIP)
                            && !host(2).holds(Routers.VIP);
                });
    }

    /** Waits until {@code number} has answered the client after a moment; whether it did in time. */
    boolean awaitReply(int number, long since, Duration limit) {
        return Await.within(limit, () -> answers(capture.since(since), number));
    }

    /** The client's longest wait for an answer since just before {@code epochNanos}, in milliseconds. */
    double longestWaitMillis(long epochNanos) {
        return ClientView.longestWaitNanos(capture.since(epochNanos - BEFORE_NANOS)) / 1e6;
    }

    private boolean advertises(List<Packet> packets, int number) {
        return packets.stream().anyMatch(p -> isAdvertisement(p, number));
    }

    private boolean answers(List<Packet> packets, int number) {
        return packets.stream().anyMatch(p -> isReply(p, number));
    }

    boolean isAdvertisement(Packet packet, int number) {
        return packet.kind() == Packet.Kind.ADVERTISEMENT && packet.mac() == mac(number);
    }

    boolean isAnnouncement(Packet packet, int number, String address) {
        return packet.kind() == Packet.Kind.ANNOUNCEMENT
                && packet.mac() == mac(number)
                && packet.address().equals(address);
    }

    boolean isReply(Packet packet, int number) {
        return packet.kind() == Packet.Kind.ECHO_REPLY && packet.mac() == mac(number);
    }

    private long mac(int number) {
        return macs[number - 1];
    }

    /** Waits for what must come for the measurement to make sense. */
    void require(String what, Duration limit, BooleanSupplier condition) {
        if (!Await.within(limit, condition)) {
            throw new SetupException(
                    pair + ": not within " + limit.toSeconds() + " s: " + what + lab.logTails(30));
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        EchoProbe running = probe;
        if (running != null) {
            running.close();
        }
        capture.close();
        lab.close();
    }
}
