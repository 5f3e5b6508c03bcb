package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connected socket of which the test is the system: for what a system can be brought to do only by chance. */
final class ScriptedSocket extends StreamSocket {
    private final ByteBuffer arrived;
    private final StringBuilder written = new StringBuilder();
    private @Nullable Error onWrite;
    private boolean takesEnd = true;
    private boolean ended;

    /** Its peer has sent that, and FIN after it. */
    ScriptedSocket(String peerSent, Listener listener) {
        super(listener);
        arrived = ByteBuffer.wrap(peerSent.getBytes(StandardCharsets.US_ASCII));
        markReadable();
    }

    /** Every write throws that. */
    ScriptedSocket failingWith(Error error) {
        onWrite = error;
        return this;
    }

    /** What goes before FIN, such as an alert of TLS, is not taken. */
    ScriptedSocket thatDoesNotTakeTheEnd() {
        takesEnd = false;
        return this;
    }

    String written() {
        return written.toString();
    }

    /** Whether FIN was sent. */
    boolean isEnded() {
        return ended;
    }

    @Override
    int readNow(ByteBuffer into) {
        if (!arrived.hasRemaining()) {
            return -1;
        }
        int count = arrived.remaining();
        into.put(arrived);
        return count;
    }

    /** What came before FIN is known to be followed by it. */
    @Override
    boolean holdsMore() {
        return true;
    }

    @Override
    int writeNow(ByteBuffer from) {
        Error error = onWrite;
        if (error != null) {
            throw error;
        }
        int count = from.remaining();
        written.append(StandardCharsets.US_ASCII.decode(from));
        return count;
    }

    @Override
    boolean shutdownOutput() {
        ended = takesEnd;
        return takesEnd;
    }

    @Override
    void register() throws IOException {
        throw new IOException("The test registers nothing.");
    }

    @Override
    void prepare(ConnectConfig config, @Nullable InetSocketAddress local) {}

    @Override
    void connect(InetSocketAddress remote) throws IOException {
        throw new IOException("It is connected already.");
    }

    @Override
    void wantRead(boolean wanted) {}

    @Override
    void wantWrite() {}

    @Override
    boolean outputDelivered() {
        return true;
    }

    @Override
    boolean reportsHangUp() {
        return true;
    }

    @Override
    InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    void closeNow(boolean reset) {}
}
