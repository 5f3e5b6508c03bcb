package io.evenkeel.lb.netty;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How much the kernel takes for a TCP socket at once. While there is one, the kernel itself does not stop at the bytes that may wait
 * unsent (TCP_NOTSENT_LOWAT), since it would then take little more than that of a large write, whatever the peer's window is; who writes no more than
 * {@link #bytes} keeps within them all the same.
 */
final class SendRoom implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int MEMINFO_BYTES = 36;
    private static final int MEMINFO_SNDBUF = 12;
    private static final int MEMINFO_WMEM_QUEUED = 20;

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NOTSENT_LOWAT = 25;
    private static final int TCP_INFO = 11;
    private static final int INFO_BYTES = 232;
    private static final int INFO_BYTES_ACKED = 120;
    private static final int INFO_NOTSENT_BYTES = 144;
    private static final int INFO_BYTES_SENT = 200;
    private static final int INFO_BYTES_RETRANS = 208;
    private static final int INFO_SND_WND = 228;

    /** Of the send buffer, what the kernel's own records of the bytes may take: an eighth. */
    private static final int OVERHEAD = 8;

    private final Socket socket;

    /** How much may wait unsent; 0 for what the system has. */
    private final int unsentBytes;

    private final ByteBuffer answer =
            ByteBuffer.allocate(INFO_BYTES).order(ByteOrder.nativeOrder());

    SendRoom(Socket socket) throws IOException {
        this.socket = socket;
        unsentBytes = socket.getIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT);
        // Also where it is 0: the system may have a bound of its own.
        socket.setIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, Integer.MAX_VALUE);
    }

    /** What it takes at once, without more of it waiting unsent than may beyond the peer's window; 0 if it cannot tell. */
    int bytes() {
        try {
            long room = ofBuffer();
            return (int) Math.max(0, unsentBytes > 0 ? Math.min(room, ofWindow()) : room);
        } catch (IOException | ChannelException e) {
            return 0;
        }
    }

    private long ofBuffer() throws IOException {
        ask(SOL_SOCKET, SO_MEMINFO, MEMINFO_BYTES);
        long room = answer.getInt(MEMINFO_SNDBUF) - (long) answer.getInt(MEMINFO_WMEM_QUEUED);
        return room - room / OVERHEAD;
    }

    /** 0 or less before Linux 5.4, which does not tell the window. */
    private long ofWindow() throws IOException {
        ask(IPPROTO_TCP, TCP_INFO, INFO_BYTES);
        // SYN is among what is acknowledged, and not among what is sent.
        long underWay =
                answer.getLong(INFO_BYTES_SENT)
                        - answer.getLong(INFO_BYTES_RETRANS)
                        - (answer.getLong(INFO_BYTES_ACKED) - 1);
        long window = Integer.toUnsignedLong(answer.getInt(INFO_SND_WND));
        long unsent = Integer.toUnsignedLong(answer.getInt(INFO_NOTSENT_BYTES));
        return window == 0 ? 0 : window - underWay - unsent + unsentBytes;
    }

    /** A kernel that knows less leaves the rest 0. */
    private void ask(int level, int option, int length) throws IOException {
        Arrays.fill(answer.array(), (byte) 0);
        socket.getRawOpt(level, option, answer.clear().limit(length));
        answer.clear();
    }

    /** The kernel holds what is unsent within its bounds again. */
    @Override
    public void close() {
        try {
            socket.setIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsentBytes);
        } catch (IOException | ChannelException e) {
            // Gone already, as the next call will say.
        }
    }
}
