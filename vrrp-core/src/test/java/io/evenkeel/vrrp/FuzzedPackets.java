package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Makes {@link #PACKETS} packets of one fuzzer's input: the input itself, then copies with some bytes changed.
 *
 * <p>The first bytes say how a packet arrives, the others are the message, or the datagram. A checksum,
 * a length or a signature is mended where those bytes ask for it, since a fuzzer seldom guesses one.
 */
final class FuzzedPackets {

    static final int PACKETS = 250;

    /** Control bytes: how it comes, source, destination, TTL, time, age, what else happens. */
    static final int CONTROL = 7;

    static final int DATAGRAM = 0;
    static final int IPV4 = 1;
    static final int IPV6 = 2;
    static final int WHOLE_LENGTH = 1 << 2;
    static final int SIGN = 1 << 3;
    static final int FRESH = 1 << 4;
    static final int SUM_OF_MESSAGE = 1 << 5;
    static final int SUM_TO_DESTINATION = 2 << 5;
    static final int SUM_TO_GROUP = 3 << 5;
    static final int SUM_OVER_ALL = 1 << 7;

    static final long WALL_NANOS = 1_800_000_000L * 1_000_000_000L;

    private static final int START = 64;
    private static final int LONGEST = 5_000;
    private static final IpAddress GROUP6 = IpAddress.parse("ff02::12");

    private final byte[] control = new byte[CONTROL];
    private final byte[] bytes = new byte[START + LONGEST];
    private final ByteBuffer heap = ByteBuffer.wrap(bytes);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(START + LONGEST);
    private final FuzzedMending mending = new FuzzedMending(heap, bytes);
    private byte[] input = {};
    private ByteBuffer buffer = heap;
    private long random;
    private int length;
    private int sequence;

    /** Takes another input; the same input gives the same packets. */
    void begin(byte[] fuzzed) {
        input = fuzzed;
        random = 0x9e37_79b9_7f4a_7c15L;
        for (byte each : fuzzed) {
            random = (random ^ each) * 0x0000_0100_0000_01b3L;
        }
        sequence = 0;
    }

    /** Makes the packet with that number of the input. */
    void make(int number) {
        for (int i = 0; i < CONTROL; i++) {
            control[i] = i < input.length ? input[i] : 0;
        }
        length = Math.max(0, Math.min(input.length - CONTROL, LONGEST - 64));
        if (length > 0) {
            System.arraycopy(input, CONTROL, bytes, START, length);
        }
        if (number > 0) {
            change();
        }
        mend();
        buffer = (control[1] & 0x80) == 0 ? heap : direct;
        heap.clear();
        if (buffer == direct) {
            direct.clear();
            direct.put(0, bytes, 0, START + length);
        }
        // Whoever reads beyond what arrived is found out.
        buffer.limit(START + length);
    }

    private int next(int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }

    private void change() {
        if (next(8) == 0) {
            int to = next(2) == 0 ? next(length + 1) : length + next(32);
            for (int i = length; i < to; i++) {
                bytes[START + i] = (byte) next(256);
            }
            length = to;
        }
        for (int left = 1 + next(3); left > 0; left--) {
            int at = next(CONTROL + length);
            byte was = at < CONTROL ? control[at] : bytes[START + at - CONTROL];
            int kind = next(4);
            byte is =
                    (byte)
                            (kind == 0
                                    ? next(256)
                                    : kind == 1 ? was + next(9) - 4 : was ^ 1 << next(8));
            if (at < CONTROL) {
                control[at] = is;
            } else {
                bytes[START + at - CONTROL] = is;
            }
        }
    }

    private void mend() {
        int how = control[0];
        heap.clear();
        int header = 0;
        if (isDatagram()) {
            header = length < 20 ? length : Math.min(length, (bytes[START] & 0x0f) * 4);
            if (length >= 20) {
                envelope();
            }
        }
        mending.begin(!isIpv6(), START + header, length - header, sourceHigh(), sourceLow());
        if ((how & WHOLE_LENGTH) != 0) {
            mending.length((how & SIGN) != 0);
        }
        if ((how & SIGN) != 0) {
            mending.sign((how & FRESH) != 0 ? ++sequence : 0);
        }
        int sum = how & SUM_TO_GROUP;
        if (sum != 0) {
            boolean pseudo = sum != SUM_OF_MESSAGE;
            boolean toGroup = sum == SUM_TO_GROUP;
            long high = toGroup ? 0 : destinationHigh();
            long low = toGroup ? Packets.GROUP & 0xffff_ffffL : destinationLow();
            mending.checksum(pseudo, high, low, (how & SUM_OVER_ALL) != 0);
        }
        length = header + mending.messageLength();
        if (isDatagram() && length >= 20 && (how & WHOLE_LENGTH) != 0) {
            heap.putShort(START + 2, (short) length);
        }
    }

    /** A datagram says itself from where it comes, unless the control bytes choose an address. */
    private void envelope() {
        bytes[START + 8] = control[3];
        if ((control[1] & 3) != 3) {
            heap.putInt(START + 12, (int) chosenSource());
        }
        if ((control[2] & 3) != 3) {
            heap.putInt(START + 16, (int) chosenDestination());
        }
    }

    boolean isDatagram() {
        return (control[0] & 3) % 3 == DATAGRAM;
    }

    boolean isIpv6() {
        return (control[0] & 3) == IPV6;
    }

    /** The peer, this router, or one of some others. */
    private long chosenSource() {
        int which = control[1] & 3;
        int other = 3 + (control[1] >> 2 & 0x1f);
        return 0x0a09_0000L + (which == 0 ? 2 : which == 1 ? other : which == 2 ? 1 : 0x0101);
    }

    private long chosenDestination() {
        return switch (control[2] & 3) {
            case 0 -> Packets.GROUP & 0xffff_ffffL;
            case 1 -> 0x0a09_0001L;
            case 2 -> 0xe000_0001L;
            default -> 0x0a09_0007L;
        };
    }

    private boolean hasHeader() {
        return isDatagram() && length >= 20;
    }

    private long sourceHigh() {
        return isIpv6() ? 0xfe80L << 48 : 0;
    }

    private long sourceLow() {
        if (isIpv6()) {
            return chosenSource() & 0xffff;
        }
        return hasHeader() ? heap.getInt(START + 12) & 0xffff_ffffL : chosenSource();
    }

    private long destinationHigh() {
        boolean group = (control[2] & 1) == 0;
        return !isIpv6() ? 0 : group ? GROUP6.high() : 0xfe80L << 48;
    }

    private long destinationLow() {
        if (isIpv6()) {
            return (control[2] & 3) == 0 ? GROUP6.low() : 1;
        }
        return hasHeader() ? heap.getInt(START + 16) & 0xffff_ffffL : chosenDestination();
    }

    void fill(ReceivedPacket packet, long arrivalNanos) {
        int ttl = control[3] & 0xff;
        if (isDatagram()) {
            packet.setIpv4Datagram(buffer, START, length, arrivalNanos);
        } else if (isIpv6()) {
            packet.setIpv6(
                    buffer,
                    START,
                    length,
                    sourceHigh(),
                    sourceLow(),
                    destinationHigh(),
                    destinationLow(),
                    ttl,
                    arrivalNanos);
        } else {
            packet.setIpv4(
                    buffer,
                    START,
                    length,
                    (int) sourceLow(),
                    (int) destinationLow(),
                    ttl,
                    arrivalNanos);
        }
    }

    /** How much time passes before it is handled: up to 2.5 s. */
    long passesNanos() {
        return (control[4] & 0x7f) * 20_000_000L;
    }

    /** Whether the driver is paused meanwhile. */
    boolean sleeps() {
        return control[4] < 0;
    }

    /** For how long it lay in the socket. */
    long ageNanos() {
        return control[5] < 0 ? (control[5] & 0x7f) * 50_000_000L : 0;
    }

    /** What else happens to a router before it. */
    int event() {
        return control[6] & 0xff;
    }

    @Override
    public String toString() {
        byte[] shown = new byte[length];
        System.arraycopy(bytes, START, shown, 0, length);
        return HexFormat.of().formatHex(control) + " " + HexFormat.of().formatHex(shown);
    }
}
