package io.evenkeel.benchmarks;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.ActionSink;
import io.evenkeel.vrrp.AdvertisementCodec;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a virtual router does over and over: a Backup hears an advertisement, an Active sends one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdvertisementBenchmark {
    private static final long INTERVAL_NANOS = 10_000_000;
    private static final int ALL_ROUTERS = 0xe000_0012;

    private final IpAddress activeAddress = IpAddress.parse("10.9.0.1");
    private final IpAddress backupAddress = IpAddress.parse("10.9.0.2");
    private final ByteBuffer message = ByteBuffer.allocateDirect(64);
    private final ReceivedPacket packet = new ReceivedPacket();
    private final ActionSink sink = this::perform;

    private VirtualRouter active = new VirtualRouter(config(200), sink);
    private VirtualRouter backup = new VirtualRouter(config(100), sink);
    private int length;
    private long nowNanos;

    private static VirtualRouterConfig config(int priority) {
        return VirtualRouterConfig.builder("bench")
                .interfaceName("eth0")
                .virtualRouterId(51)
                .priority(priority)
                .advertisementInterval(Duration.ofNanos(INTERVAL_NANOS))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse("10.9.0.100"))))
                .build();
    }

    /** An Active that has been elected, and a Backup that knows it. */
    @Setup
    public void elect() {
        nowNanos = 0;
        active = new VirtualRouter(config(200), sink);
        active.handleLocalAddress(activeAddress, true, nowNanos);
        active.startup(nowNanos);
        while (active.state() != VrrpState.ACTIVE) {
            nowNanos = active.nextDeadlineNanos();
            active.handleDeadline(nowNanos);
        }
        backup = new VirtualRouter(config(100), sink);
        backup.handleLocalAddress(backupAddress, true, nowNanos);
        backup.startup(nowNanos);
    }

    /** Encodes what is to be sent; everything else an action asks for would be the driver's work. */
    private void perform(Action action) {
        if (action instanceof Action.SendAdvertisement advertisement) {
            message.clear();
            length = active.encode(advertisement, AdvertisementCodec.IPV4_GROUP, nowNanos, message);
        }
    }

    /** Decode, check and take an advertisement in a Backup. */
    @Benchmark
    public long receive() {
        nowNanos += INTERVAL_NANOS;
        packet.setIpv4(message, 0, length, activeAddress.ipv4Bits(), ALL_ROUTERS, 255, nowNanos);
        if (backup.handlePacket(packet, nowNanos) != null) {
            throw new IllegalStateException("The Backup refuses the Active's advertisement.");
        }
        return backup.nextDeadlineNanos();
    }

    /** The timer of an Active, with its advertisement encoded. */
    @Benchmark
    public int send() {
        nowNanos = active.nextDeadlineNanos();
        active.handleDeadline(nowNanos);
        return length;
    }
}
