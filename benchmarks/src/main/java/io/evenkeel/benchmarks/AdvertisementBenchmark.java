package io.evenkeel.benchmarks;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.ActionSink;
import io.evenkeel.vrrp.Advertisement;
import io.evenkeel.vrrp.AdvertisementCodec;
import io.evenkeel.vrrp.ChecksumForm;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacKey;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.VrrpVersion;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steady state of VRRP: an advertisement sent by an Active, and one taken by a Backup; and the codec's part of each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdvertisementBenchmark {

    /** What an advertisement is like. */
    public enum Kind {
        VERSION_2,
        VERSION_3,
        VERSION_3_IPV6,
        VERSION_3_SIGNED
    }

    private static final long WALL_NANOS = 1_800_000_000_000_000_000L;

    /** The kind that is measured. */
    @Param public Kind kind = Kind.VERSION_3;

    private final ByteBuffer message = ByteBuffer.allocateDirect(128);
    private final ByteBuffer foreign = ByteBuffer.allocateDirect(128);
    private final ReceivedPacket packet = new ReceivedPacket();
    private final Advertisement advertisement = new Advertisement();
    private final ActionSink sink = this::perform;

    private VirtualRouter active = new VirtualRouter(config(200, 51), sink);
    private VirtualRouter backup = new VirtualRouter(config(100, 51), sink);
    private AdvertisementCodec encoder = new AdvertisementCodec(active.config());
    private AdvertisementCodec decoder = new AdvertisementCodec(backup.config());
    private IpAddress source = address(1);
    private IpAddress receiver = address(2);
    private IpAddress group = active.config().destinations().group(true);
    private long intervalNanos;
    private int length;
    private int foreignLength;
    private long nowNanos;

    private VirtualRouterConfig config(int priority, int virtualRouterId) {
        boolean signed = kind == Kind.VERSION_3_SIGNED;
        HmacAuthentication hmac = HmacAuthentication.enforcing(HmacKey.of(1, new byte[32]));
        return VirtualRouterConfig.builder("bench")
                .interfaceName("eth0")
                .virtualRouterId(virtualRouterId)
                .priority(priority)
                .version(kind == Kind.VERSION_2 ? VrrpVersion.V2 : VrrpVersion.V3)
                .advertisementInterval(Duration.ofSeconds(1))
                .addresses(List.of(VirtualAddress.of(address(100))))
                .hmac(signed ? hmac : null)
                .build();
    }

    private IpAddress address(int last) {
        return IpAddress.parse(kind == Kind.VERSION_3_IPV6 ? "fe80::" + last : "10.9.0." + last);
    }

    /** An Active that has been elected, and a Backup that knows it. */
    @Setup
    public void elect() {
        nowNanos = 0;
        source = address(1);
        active = started(config(200, 51), source);
        group = active.config().destinations().group(active.config().isIpv4());
        intervalNanos = active.config().advertisementIntervalNanos();
        while (active.state() != VrrpState.ACTIVE) {
            nowNanos = active.nextDeadlineNanos();
            active.handleDeadline(nowNanos);
        }
        receiver = address(2);
        backup = started(config(100, 51), receiver);
        encoder = new AdvertisementCodec(active.config());
        decoder = new AdvertisementCodec(backup.config());
        VirtualRouter stranger = started(config(200, 52), source);
        foreignLength =
                stranger.encode(new Action.SendAdvertisement(200, 100), group, nowNanos, foreign);
    }

    private VirtualRouter started(VirtualRouterConfig config, IpAddress from) {
        VirtualRouter router = new VirtualRouter(config, sink);
        router.handleLocalAddress(from, true, nowNanos);
        router.handleWallClock(WALL_NANOS);
        router.startup(nowNanos);
        return router;
    }

    /** Encodes what is to be sent; everything else an action asks for would be the driver's work. */
    private void perform(Action action) {
        if (action instanceof Action.SendAdvertisement advertisement) {
            message.clear();
            length = active.encode(advertisement, group, nowNanos, message);
        }
    }

    private void arrive(ByteBuffer bytes, int bytesLength) {
        if (source.isIpv4()) {
            packet.setIpv4(
                    bytes, 0, bytesLength, source.ipv4Bits(), group.ipv4Bits(), 255, nowNanos);
        } else {
            packet.setIpv6(
                    bytes,
                    0,
                    bytesLength,
                    source.high(),
                    source.low(),
                    group.high(),
                    group.low(),
                    255,
                    nowNanos);
        }
    }

    /** The codec alone writes an advertisement. */
    @Benchmark
    public int encode() {
        nowNanos += intervalNanos;
        message.clear();
        length =
                encoder.encode(
                        200,
                        100,
                        source,
                        group,
                        ChecksumForm.MESSAGE_ONLY,
                        WALL_NANOS + nowNanos,
                        message);
        return length;
    }

    /** The codec alone checks and reads one; a signed one has to be written, to be new. */
    @Benchmark
    public int decode() {
        if (kind == Kind.VERSION_3_SIGNED) {
            encode();
        } else {
            nowNanos += intervalNanos;
        }
        arrive(message, length);
        if (decoder.decode(packet, receiver, WALL_NANOS + nowNanos, advertisement) != null) {
            throw new IllegalStateException("The codec refuses the Active's advertisement.");
        }
        return advertisement.priority();
    }

    /** The timer of an Active fires, and its advertisement is encoded. */
    @Benchmark
    public int send() {
        nowNanos = active.nextDeadlineNanos();
        active.handleDeadline(nowNanos);
        return length;
    }

    /** A Backup decodes, checks and takes an advertisement; a signed one has to be sent, to be new. */
    @Benchmark
    public long receive() {
        nowNanos += intervalNanos;
        if (kind == Kind.VERSION_3_SIGNED) {
            send();
        }
        arrive(message, length);
        if (backup.handlePacket(packet, nowNanos) != null) {
            throw new IllegalStateException("The Backup refuses the Active's advertisement.");
        }
        return backup.nextDeadlineNanos();
    }

    /** A packet of another virtual router is looked at for this one's address. */
    @Benchmark
    public boolean receiveForeign() {
        nowNanos += intervalNanos;
        arrive(foreign, foreignLength);
        return backup.handlePacket(packet, nowNanos) != null;
    }
}
