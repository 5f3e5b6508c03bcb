package io.evenkeel.vrrp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The target of a coverage-guided fuzzer (Jazzer; see the Maven profile {@code fuzz}). Each input becomes
 * {@link FuzzedPackets#PACKETS} packets, and each of them is read by a decoder of every configuration
 * and heard by a running Backup and a running Active. It fails on any exception, on a packet that was taken
 * and says something else when it is encoded again, on a deadline in the past, and on one byte of garbage.
 *
 * <p>Everything begins anew with each input, so that an input which fails does so alone.
 */
public final class PacketFuzz {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Each packet is heard by every fifth router; a router's Backup and its Active are five apart. */
    private static final int ROUTERS = 5;

    /** What the first uses of a class allocate is not the decoder's. */
    private static final int WARM_UP = 4;

    private static final PacketFuzz FUZZ = new PacketFuzz();

    private static boolean warm;

    private final FuzzedPackets packets = new FuzzedPackets();
    private final ReceivedPacket packet = new ReceivedPacket();
    private final FuzzedDecoder[] decoders;
    private final @Nullable PacketRejection[] rejections;
    private final List<FuzzedRouter> routers = new ArrayList<>();
    private final long[] rejected = new long[PacketRejection.values().length];
    private final LongSupplier decoding = this::decode;
    private long firstUses;
    private long inputs;
    private long packetsRead;

    private PacketFuzz() {
        List<FuzzedDecoder> all = new ArrayList<>();
        FuzzedConfigs.decoders().forEach((name, each) -> all.add(new FuzzedDecoder(name, each)));
        decoders = all.toArray(FuzzedDecoder[]::new);
        rejections = new PacketRejection[decoders.length];
        for (VrrpState role : List.of(VrrpState.BACKUP, VrrpState.ACTIVE)) {
            FuzzedConfigs.routers()
                    .forEach((name, each) -> routers.add(new FuzzedRouter(name, each, role)));
        }
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (!warm) {
            fuzzerInitialize();
        }
        FUZZ.play(input);
    }

    /** Called by Jazzer before the first input. */
    public static void fuzzerInitialize() {
        for (int i = 0; i < WARM_UP; i++) {
            FuzzSeeds.all().values().forEach(FUZZ::play);
        }
        FUZZ.inputs = 0;
        FUZZ.packetsRead = 0;
        warm = true;
    }

    /** Called by Jazzer behind the last input. */
    public static void fuzzerTearDown() {
        System.err.println(tally());
    }

    static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /**
     * Fails if something allocates, and does so again. The platform gives a SHA-256 its working memory
     * when its code is first run without the CPU's instructions for it, which may be at any time.
     */
    static void requireNothing(LongSupplier allocates, String what) {
        if (allocates.getAsLong() == 0 || !warm) {
            return;
        }
        FUZZ.firstUses++;
        long bytes = allocates.getAsLong();
        if (bytes != 0) {
            throw new AssertionError(what + " and allocates " + bytes + " bytes.");
        }
    }

    static long packetsRead() {
        return FUZZ.packetsRead;
    }

    static String tally() {
        StringBuilder text = new StringBuilder("PacketFuzz: ");
        text.append(FUZZ.inputs).append(" inputs, ").append(FUZZ.packetsRead).append(" packets");
        text.append(", allocated once and not again: ").append(FUZZ.firstUses);
        for (FuzzedDecoder each : FUZZ.decoders) {
            text.append("\nPacketFuzz: ").append(each.name).append(": took ").append(each.taken);
            text.append(", encoded again ").append(each.encodedAgain);
        }
        for (PacketRejection rejection : PacketRejection.values()) {
            text.append("\nPacketFuzz: dropped for ").append(rejection).append(": ");
            text.append(FUZZ.rejected[rejection.ordinal()]);
        }
        return text.toString();
    }

    private void play(byte[] input) {
        inputs++;
        packets.begin(input);
        for (FuzzedDecoder each : decoders) {
            each.reset();
        }
        for (FuzzedRouter each : routers) {
            each.reset();
        }
        for (int i = 0; i < FuzzedPackets.PACKETS; i++) {
            packets.make(i);
            try {
                play(i);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Packet " + i + " of the input, " + packets, e);
            }
        }
    }

    /** Lets each decoder read the packet, and says what that allocated. */
    private long decode() {
        long before = allocatedBytes();
        packets.fill(packet, 0);
        for (int i = 0; i < decoders.length; i++) {
            rejections[i] = decoders[i].decode(packet);
        }
        return allocatedBytes() - before;
    }

    private void play(int number) {
        packetsRead++;
        requireNothing(decoding, "A decoder reads");
        for (int i = 0; i < decoders.length; i++) {
            PacketRejection rejection = rejections[i];
            if (rejection == null) {
                decoders[i].check(packet);
            } else {
                rejected[rejection.ordinal()]++;
            }
        }
        for (int i = number % ROUTERS; i < routers.size(); i += ROUTERS) {
            routers.get(i).take(packets, number % 4 == 0);
        }
    }
}
