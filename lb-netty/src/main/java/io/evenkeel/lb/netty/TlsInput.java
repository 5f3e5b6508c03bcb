package io.evenkeel.lb.netty;

import io.evenkeel.lb.TlsVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What comes in by TLS: records that were read and are not whole yet, and what is in them. A chunk is held only for a record that is not whole
 * or was not taken whole. Used by the loop's thread alone.
 */
final class TlsInput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final int ALERT_RECORD = 21;
    private static final int RECORD_HEADER = 5;

    /** With what encryption may add (RFC 5246, 6.2.3). */
    private static final int LONGEST_RECORD = RECORD_HEADER + (1 << 14) + 2048;

    private final StreamSocket below;
    private final ChunkPool chunks;
    private final SSLEngine engine;
    private @Nullable Chunk records;
    private @Nullable Chunk plain;

    /** Nothing can be made of the {@link #records} until there are more. */
    private boolean starved = true;

    private boolean open;
    private boolean ended;
    private @Nullable IOException broken;

    TlsInput(StreamSocket below, ChunkPool chunks, SSLEngine engine) {
        this.below = below;
        this.chunks = chunks;
        this.engine = engine;
    }

    /** Records that were read already, before any other. */
    void add(byte[] bytes, int length) {
        Chunk chunk = chunks.take();
        chunk.bytes().put(bytes, 0, length).flip();
        records = chunk;
        starved = false;
    }

    /** The handshake is over; what comes now is the peer's. */
    void open() {
        open = true;
    }

    /** Nothing more comes. */
    boolean ended() {
        return ended;
    }

    /**
     * Reads what the peer has sent.
     *
     * @param always whether to ask the kernel even if it has not reported anything
     * @return how many bytes, 0 if there are none now, -1 after the peer's close_notify or FIN
     * @throws IOException if the connection is broken, after everything that came before
     */
    int read(ByteBuffer into, boolean always) throws IOException {
        int start = into.position();
        while (true) {
            drain(into);
            if (plain != null || !into.hasRemaining() || broken != null || ended) {
                break;
            }
            if (!unwrapSome(into) && !fill(always)) {
                break;
            }
        }
        int count = into.position() - start;
        if (count > 0 || plain != null) {
            return count;
        }
        IOException failure = broken;
        if (failure != null) {
            throw failure;
        }
        return ended ? -1 : 0;
    }

    /** Whether another read finds something at once. */
    boolean holdsMore() {
        return plain != null || broken != null || ended || !starved || below.readReady();
    }

    private void drain(ByteBuffer into) {
        Chunk held = plain;
        if (held == null) {
            return;
        }
        ByteBuffer bytes = held.bytes();
        int count = Math.min(bytes.remaining(), into.remaining());
        into.put(into.position(), bytes, bytes.position(), count);
        into.position(into.position() + count);
        bytes.position(bytes.position() + count);
        if (!bytes.hasRemaining()) {
            plain = null;
            chunks.release(held);
        }
    }

    /** Whether that was of any use. */
    private boolean unwrapSome(ByteBuffer into) {
        try {
            return unwrap(into);
        } catch (SSLException e) {
            broken = e;
            return true;
        }
    }

    /**
     * Takes one record; what does not fit into the buffer is kept.
     *
     * @return false if there is no whole one
     */
    boolean unwrap(ByteBuffer into) throws SSLException {
        Chunk held = records;
        if (held == null || !isWhole(held.bytes())) {
            starved = true;
            return !open && hasAdvanced(into);
        }
        ByteBuffer from = held.bytes();
        if (open && isAlert(from)) {
            // With TLS 1.2 an engine would end the other direction too, as that version asks for.
            // HAProxy does not. Whatever else the alert says, nothing comes after it.
            ended = true;
            releaseRecords();
            return true;
        }
        SSLEngineResult result = engine.unwrap(from, into);
        if (!isProgress(result) && into.remaining() < LONGEST_RECORD) {
            result = unwrapAside(from);
        }
        if (engine.isInboundDone()) {
            ended = true;
            releaseRecords();
        } else if (!from.hasRemaining()) {
            releaseRecords();
        }
        starved = records == null || !isProgress(result);
        if (open && result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        return isProgress(result) || ended || !open && !needsRecords();
    }

    /** OpenSSL's engine notices that a handshake is over with the next call only. */
    private boolean hasAdvanced(ByteBuffer into) throws SSLException {
        engine.unwrap(NOTHING.duplicate(), into);
        return !needsRecords();
    }

    private boolean needsRecords() {
        return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_UNWRAP;
    }

    private SSLEngineResult unwrapAside(ByteBuffer from) throws SSLException {
        Chunk aside = chunks.take();
        try {
            return engine.unwrap(from, aside.bytes());
        } finally {
            if (aside.bytes().flip().hasRemaining()) {
                plain = aside;
            } else {
                chunks.release(aside);
            }
        }
    }

    /** The status says less: OpenSSL's is always that of a closed connection once the own direction has ended. */
    private static boolean isProgress(SSLEngineResult result) {
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    private static boolean isWhole(ByteBuffer from) throws SSLException {
        if (from.remaining() < RECORD_HEADER) {
            return false;
        }
        int at = from.position();
        int length = (from.get(at + 3) & 0xff) << 8 | from.get(at + 4) & 0xff;
        if (length > LONGEST_RECORD - RECORD_HEADER) {
            throw new SSLException("a record of " + length + " bytes is longer than any");
        }
        return from.remaining() - RECORD_HEADER >= length;
    }

    /** Bytes of the peer's that came with the end of the handshake. */
    void keep(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            Chunk aside = chunks.take();
            aside.bytes().put(bytes).flip();
            plain = aside;
        }
    }

    private boolean isAlert(ByteBuffer from) {
        return from.get(from.position()) == ALERT_RECORD
                && !engine.getSession().getProtocol().equals(TlsVersion.TLS_1_3.protocol());
    }

    /** Of TLS 1.3 short work on tickets and keys; of TLS 1.2 a second handshake, which HAProxy refuses too. */
    private void runTasks() throws SSLException {
        if (!engine.getSession().getProtocol().equals(TlsVersion.TLS_1_3.protocol())) {
            throw new SSLException("the peer wants to shake hands again");
        }
        Runnable task;
        while ((task = engine.getDelegatedTask()) != null) {
            task.run();
        }
    }

    /**
     * Reads records from the kernel.
     *
     * @return false if there are none now
     */
    boolean fill(boolean always) {
        if (ended || broken != null || !always && !below.readReady()) {
            return false;
        }
        Chunk held = records == null ? chunks.take() : records;
        ByteBuffer bytes = held.bytes();
        if (records == null) {
            bytes.limit(0);
        }
        bytes.compact();
        int n = 0;
        try {
            n = below.read(bytes);
        } catch (IOException e) {
            broken = e;
        }
        bytes.flip();
        records = held;
        if (n < 0 || broken != null) {
            // Half a record is of no use to anybody. FIN without close_notify is an end like
            // another.
            ended = n < 0;
            starved = true;
            releaseRecords();
        } else if (!bytes.hasRemaining()) {
            releaseRecords();
        } else {
            starved = n == 0 && starved;
        }
        return n > 0;
    }

    /** Why it is broken, or null if it is not. */
    @Nullable IOException broken() {
        return broken;
    }

    int heldBytes() {
        return (records == null ? 0 : Chunk.CAPACITY) + (plain == null ? 0 : Chunk.CAPACITY);
    }

    private void releaseRecords() {
        Chunk held = records;
        if (held != null) {
            records = null;
            starved = true;
            chunks.release(held);
        }
    }

    void release() {
        releaseRecords();
        Chunk held = plain;
        if (held != null) {
            plain = null;
            chunks.release(held);
        }
    }
}
