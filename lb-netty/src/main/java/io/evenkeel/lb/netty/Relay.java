package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between two connected sockets until both directions have ended, and holds the rules of the ending:
 *
 * <ul>
 *   <li>FIN from one side is sent as FIN to the other once everything read before it is written. The opposite
 *       direction goes on.
 *   <li>RST from one side is sent as RST to the other, after everything that arrived before it was written and the
 *       other side's kernel has acknowledged it.
 *   <li>A socket is read only while nothing read from it waits to be written.
 * </ul>
 *
 * <p>Used by the loop's thread alone.
 */
final class Relay implements RelayActivity {
    /** How the relay gets on and ended. */
    interface Listener {
        /** One side has finished sending, or was told that the other has; called once for each side. */
        void onHalfClosed();

        /** Both directions have ended with FIN and everything is written. */
        void onFinished();

        /** {@code brokenSide}'s connection was reset, and what had arrived from it is delivered. */
        void onReset(StreamSocket brokenSide);
    }

    /** After so much in a row the loop's other sockets get their turn (512 KiB, or one large read). */
    private static final int MAX_CHUNKS_IN_A_ROW = 8;

    /** What is longer is written at once: its cost is the copying, not the system call, and the memory is free sooner. */
    private static final int MAX_POSTED_BYTES = 16 * 1024;

    private static final long FIRST_DELIVERY_CHECK_MILLIS = 1;
    private static final long LAST_DELIVERY_CHECK_MILLIS = 2048;

    private final LoopContext context;
    private final Listener listener;
    private final Direction clientToServer;
    private final Direction serverToClient;
    private long clientActivityNanos;
    private long serverActivityNanos;
    private boolean clientHalfClosed;
    private boolean serverHalfClosed;
    private long clientHalfClosedNanos;
    private long serverHalfClosedNanos;
    private boolean ended;

    Relay(LoopContext context, StreamSocket client, StreamSocket server, Listener listener) {
        this.context = context;
        this.listener = listener;
        clientToServer = new Direction(this, client, server);
        serverToClient = new Direction(this, server, client);
    }

    /**
     * Starts with what was read from the client while its server was being connected.
     *
     * @param early those bytes, now the relay's, or null
     * @param clientFinished whether FIN followed them
     */
    void start(@Nullable Chunk early, boolean clientFinished) {
        clientActivityNanos = System.nanoTime();
        serverActivityNanos = clientActivityNanos;
        if (early != null) {
            clientToServer.pending = early;
            clientToServer.pendingSinceNanos = clientActivityNanos;
            clientToServer.bytes = early.bytes().remaining();
        }
        if (clientFinished) {
            clientToServer.input = Direction.Input.FINISHED;
            halfClosed(clientToServer.from);
        }
        pump(clientToServer);
        pump(serverToClient);
    }

    /** A socket can do something that it could not do before. */
    void onReady(StreamSocket socket) {
        Direction inbound = socket == clientToServer.from ? clientToServer : serverToClient;
        Direction outbound = opposite(inbound);
        boolean toBeEnded = outbound.input == Direction.Input.FINISHED && !outbound.outputEnded;
        if ((outbound.pending != null || toBeEnded) && socket.writeReady()) {
            pump(outbound);
        }
        if (inbound.pending == null
                && inbound.input == Direction.Input.OPEN
                && socket.readReady()) {
            pump(inbound);
        } else if (inbound.input == Direction.Input.FINISHED && socket.failed()) {
            onBrokenOutput(outbound);
        }
    }

    /** Moves what can be moved now, or a little of it if others that have much to move wait for their turn. */
    private void pump(Direction direction) {
        if (direction.awaitsTurn) {
            return;
        }
        boolean others = context.nextTurn().isAwaited();
        if (others && direction.bulk != null) {
            awaitTurn(direction);
        } else {
            move(direction, others ? 1 : MAX_CHUNKS_IN_A_ROW);
        }
    }

    /** It is that direction's turn. */
    void goOn(Direction direction) {
        move(direction, MAX_CHUNKS_IN_A_ROW);
    }

    private void move(Direction direction, int atMost) {
        int left = atMost;
        int full = 0;
        while (!ended && !direction.outputEnded && !direction.posted) {
            if (direction.pending != null && !flush(direction)) {
                return;
            }
            if (direction.outputEnded) {
                return;
            }
            if (direction.input != Direction.Input.OPEN) {
                endOutput(direction);
                return;
            }
            if (!direction.from.readReady()) {
                direction.from.wantRead(true);
                return;
            }
            if (left <= 0) {
                awaitTurn(direction);
                return;
            }
            int read = transfer(direction);
            left -= Math.max(1, read / Chunk.CAPACITY);
            full = read == Chunk.CAPACITY ? full + 1 : 0;
            if (full == BulkReads.AFTER_FULL_CHUNKS && direction.bulk == null) {
                direction.bulk = BulkReads.to(direction.to, chunks());
            }
        }
    }

    private void awaitTurn(Direction direction) {
        direction.awaitsTurn = true;
        context.nextTurn().add(direction);
    }

    /** Reads once, and writes it; returns how many bytes were read. */
    private int transfer(Direction direction) {
        int most = bulkBytes(direction);
        if (most == 0) {
            return transfer(direction, chunks().scratch().bytes().clear(), false);
        }
        int n = transfer(direction, chunks().bulk().bytes().clear().limit(most), true);
        if (n < Chunk.CAPACITY || direction.pending != null) {
            direction.endBulk();
        }
        return n;
    }

    private int transfer(Direction direction, ByteBuffer bytes, boolean bulk) {
        int n;
        try {
            n = direction.from.read(bytes);
        } catch (IOException e) {
            direction.input = Direction.Input.RESET;
            return 0;
        }
        if (n < 0) {
            finished(direction);
        } else if (n > 0) {
            readToTheEnd(direction, bytes);
            direction.bytes += bytes.position();
            touch(direction.from);
            bytes.flip();
            if (direction.input == Direction.Input.FINISHED) {
                direction.to.endFollows();
            } else if (bytes.remaining() <= MAX_POSTED_BYTES && !bulk && chunks().mayPost()) {
                post(direction, chunks().postScratch());
                return n;
            }
            if (write(direction, bytes) && bytes.hasRemaining()) {
                direction.pending = bulk ? chunks().keepRest() : chunks().keepScratch();
                direction.pendingSinceNanos = System.nanoTime();
                block(direction);
            }
        }
        return n;
    }

    /** How much more than a chunk may be read at once; 0 if a chunk is enough. */
    private static int bulkBytes(Direction direction) {
        BulkReads bulk = direction.bulk;
        if (bulk == null) {
            return 0;
        }
        int bytes = bulk.bytes();
        if (bytes == 0) {
            direction.endBulk();
        }
        return bytes;
    }

    /** Where FIN is known to have come, it is read with the last bytes before it, to be sent with them. */
    private void readToTheEnd(Direction direction, ByteBuffer bytes) {
        StreamSocket from = direction.from;
        while (direction.input == Direction.Input.OPEN
                && from.hungUp()
                && from.readReady()
                && bytes.hasRemaining()) {
            try {
                if (from.read(bytes) < 0) {
                    finished(direction);
                }
            } catch (IOException e) {
                direction.input = Direction.Input.RESET;
            }
        }
    }

    private void finished(Direction direction) {
        direction.input = direction.sourceBroken ? Direction.Input.RESET : Direction.Input.FINISHED;
        direction.from.wantRead(false);
        halfClosed(direction.from);
    }

    private void post(Direction direction, Chunk chunk) {
        direction.posted = true;
        if (direction.to.canPost()) {
            direction.to.post(chunk, direction);
        } else {
            context.lateWrites().add(direction, chunk);
        }
    }

    /** What was posted in that direction is the relay's again. */
    void onPosted(Direction direction, Chunk chunk, @Nullable IOException failure) {
        if (!ended && !direction.outputEnded && failure == null && chunk.bytes().hasRemaining()) {
            chunks().keepPosted();
            direction.pending = chunk;
            direction.pendingSinceNanos = System.nanoTime();
            block(direction);
            return;
        }
        chunks().takeBack(chunk);
        if (ended || direction.outputEnded) {
            return;
        }
        if (failure != null) {
            onBrokenOutput(direction);
        } else {
            touch(direction.to);
            pump(direction);
        }
    }

    /** Writes what is pending; false if some of it still is, or if writing failed. */
    private boolean flush(Direction direction) {
        Chunk pending = direction.pending;
        if (pending == null) {
            return true;
        }
        if (!write(direction, pending.bytes())) {
            return false;
        }
        if (pending.bytes().hasRemaining()) {
            block(direction);
            return false;
        }
        releasePending(direction);
        // Nobody read from the source while this was waiting: its silence starts now.
        touch(direction.from);
        return true;
    }

    private boolean write(Direction direction, ByteBuffer bytes) {
        try {
            if (direction.to.write(bytes) > 0) {
                touch(direction.to);
            }
            return true;
        } catch (IOException e) {
            onBrokenOutput(direction);
            return false;
        }
    }

    private void block(Direction direction) {
        direction.from.wantRead(false);
        direction.to.wantWrite();
    }

    private void endOutput(Direction direction) {
        if (direction.input == Direction.Input.RESET) {
            direction.outputEnded = true;
            resetWhenDelivered(direction);
            return;
        }
        boolean last = opposite(direction).outputEnded;
        try {
            boolean left = last && direction.to.closeSendsEnd();
            if (!left && !direction.to.shutdownOutput()) {
                direction.to.wantWrite();
                return;
            }
        } catch (IOException e) {
            onBrokenOutput(direction);
            return;
        }
        direction.outputEnded = true;
        halfClosed(direction.to);
        if (last && !ended) {
            ended = true;
            listener.onFinished();
        }
    }

    /**
     * The side that is written to is gone. What it had sent before is still to be delivered; then the other side is
     * reset.
     */
    private void onBrokenOutput(Direction direction) {
        if (ended) {
            return;
        }
        direction.outputEnded = true;
        direction.from.wantRead(false);
        releasePending(direction);
        Direction rest = opposite(direction);
        rest.sourceBroken = true;
        if (rest.outputEnded) {
            // Everything was delivered, and FIN after it.
            resetWhenDelivered(rest);
        } else {
            // The failed write took the error with it: a read finds the rest of the bytes and then
            // an end.
            rest.from.assumeReadable();
            if (rest.input == Direction.Input.FINISHED) {
                rest.input = Direction.Input.RESET;
            }
            context.loop().execute(rest);
        }
    }

    private void resetWhenDelivered(Direction direction) {
        ended = true;
        releasePending(opposite(direction));
        direction.from.wantRead(false);
        direction.to.wantRead(false);
        checkDelivery(direction, FIRST_DELIVERY_CHECK_MILLIS);
    }

    /** RST makes the kernel drop what it has not sent yet, so it has to be sent first; within about 4 s. */
    private void checkDelivery(Direction direction, long nextCheckMillis) {
        if (direction.to.isClosed()
                || nextCheckMillis > LAST_DELIVERY_CHECK_MILLIS
                || direction.to.outputDelivered()) {
            listener.onReset(direction.from);
        } else {
            context.loop()
                    .schedule(
                            () -> checkDelivery(direction, nextCheckMillis * 2),
                            nextCheckMillis,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Gives every chunk back; nothing is moved any more. Closing the sockets is up to the owner. */
    void stop() {
        ended = true;
        clientToServer.endBulk();
        serverToClient.endBulk();
        releasePending(clientToServer);
        releasePending(serverToClient);
    }

    private void releasePending(Direction direction) {
        Chunk pending = direction.pending;
        if (pending != null) {
            direction.pending = null;
            chunks().release(pending);
        }
    }

    private void touch(StreamSocket socket) {
        if (socket == clientToServer.from) {
            clientActivityNanos = System.nanoTime();
        } else {
            serverActivityNanos = System.nanoTime();
        }
    }

    private void halfClosed(StreamSocket socket) {
        if (socket == clientToServer.from) {
            if (clientHalfClosed) {
                return;
            }
            clientHalfClosed = true;
            clientHalfClosedNanos = System.nanoTime();
        } else {
            if (serverHalfClosed) {
                return;
            }
            serverHalfClosed = true;
            serverHalfClosedNanos = System.nanoTime();
        }
        listener.onHalfClosed();
    }

    private ChunkPool chunks() {
        return context.chunks();
    }

    private Direction opposite(Direction direction) {
        return direction == clientToServer ? serverToClient : clientToServer;
    }

    @Override
    public boolean isWaitingForClient() {
        return isWaitingFor(clientToServer, serverToClient);
    }

    @Override
    public boolean isWaitingForServer() {
        return isWaitingFor(serverToClient, clientToServer);
    }

    private static boolean isWaitingFor(Direction inbound, Direction outbound) {
        return (inbound.input == Direction.Input.OPEN && inbound.pending == null)
                || outbound.pending != null;
    }

    @Override
    public long clientActivityNanos() {
        return clientActivityNanos;
    }

    @Override
    public long serverActivityNanos() {
        return serverActivityNanos;
    }

    @Override
    public boolean isClientHalfClosed() {
        return clientHalfClosed;
    }

    @Override
    public boolean isServerHalfClosed() {
        return serverHalfClosed;
    }

    @Override
    public long clientHalfClosedNanos() {
        return clientHalfClosedNanos;
    }

    @Override
    public long serverHalfClosedNanos() {
        return serverHalfClosedNanos;
    }

    long clientToServerBytes() {
        return clientToServer.bytes;
    }

    long serverToClientBytes() {
        return serverToClient.bytes;
    }

    /** How long neither side has sent or taken anything. */
    long silentNanos(long nowNanos) {
        return Math.min(nowNanos - clientActivityNanos, nowNanos - serverActivityNanos);
    }

    /** How long the session has held what it holds. */
    long stalledNanos(long nowNanos) {
        return Math.max(
                stalledNanos(clientToServer, nowNanos), stalledNanos(serverToClient, nowNanos));
    }

    private static long stalledNanos(Direction direction, long nowNanos) {
        return direction.pending == null ? 0 : nowNanos - direction.pendingSinceNanos;
    }

    /** What the session holds in memory now. */
    int bufferedBytes() {
        return clientToServer.heldBytes() + serverToClient.heldBytes();
    }
}
