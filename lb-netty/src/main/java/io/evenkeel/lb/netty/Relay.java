package io.evenkeel.lb.netty;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between two connected sockets until both {@linkplain Direction directions} have ended, and holds the rules
 * of the ending:
 *
 * <ul>
 *   <li>FIN from one side is sent as FIN to the other once everything read before it is written. The opposite
 *       direction goes on.
 *   <li>RST from one side is sent as RST to the other, after everything that arrived before it was written and the
 *       other side's kernel has acknowledged it.
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

    private static final long FIRST_DELIVERY_CHECK_MILLIS = 1;
    private static final long LAST_DELIVERY_CHECK_MILLIS = 2048;

    private final LoopContext context;
    private final Listener listener;
    private final Direction clientToServer;
    private final Direction serverToClient;
    private boolean ended;

    Relay(LoopContext context, StreamSocket client, StreamSocket server, Listener listener) {
        this.context = context;
        this.listener = listener;
        clientToServer = new Direction(this, context, client, server);
        serverToClient = new Direction(this, context, server, client);
    }

    /**
     * Starts with what was read from the client while its server was being connected.
     *
     * @param early those bytes, now the relay's, or null
     * @param clientFinished whether FIN followed them
     */
    void start(@Nullable Chunk early, boolean clientFinished) {
        clientToServer.sourceActivityNanos = System.nanoTime();
        serverToClient.sourceActivityNanos = clientToServer.sourceActivityNanos;
        if (early != null) {
            clientToServer.beginWith(early);
        }
        if (clientFinished) {
            clientToServer.input = Direction.Input.FINISHED;
            onSourceHalfClosed(clientToServer);
        }
        clientToServer.pump();
        serverToClient.pump();
    }

    /** A socket can do something that it could not do before. */
    void onReady(StreamSocket socket) {
        Direction inbound = socket == clientToServer.from ? clientToServer : serverToClient;
        Direction outbound = opposite(inbound);
        if (outbound.waitsToWrite() && socket.writeReady()) {
            outbound.pump();
        }
        if (inbound.mayRead() && socket.readReady()) {
            inbound.pump();
        } else if (inbound.input == Direction.Input.FINISHED && socket.failed()) {
            onBrokenOutput(outbound);
        }
    }

    /** Everything read in that direction is written, and nothing more comes. */
    void endOutput(Direction direction) {
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
        onSourceHalfClosed(opposite(direction));
        if (last && !ended) {
            ended = true;
            listener.onFinished();
        }
    }

    /**
     * The side that is written to is gone. What it had sent before is still to be delivered; then the other side is
     * reset.
     */
    void onBrokenOutput(Direction direction) {
        if (ended) {
            return;
        }
        direction.outputEnded = true;
        direction.from.wantRead(false);
        direction.releasePending();
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
        opposite(direction).releasePending();
        direction.from.wantRead(false);
        direction.to.wantRead(false);
        checkDelivery(direction, FIRST_DELIVERY_CHECK_MILLIS);
    }

    /** RST makes the kernel drop what it has not sent yet, so it has to be sent first; within about 4 s. */
    private void checkDelivery(Direction direction, long nextCheckMillis) {
        try {
            lookWhetherDelivered(direction, nextCheckMillis);
        } catch (Throwable e) {
            direction.to.reportBug(e);
        }
    }

    private void lookWhetherDelivered(Direction direction, long nextCheckMillis) {
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
        clientToServer.stop();
        serverToClient.stop();
    }

    /** That direction's source has finished sending, or was told that the other side has. */
    void onSourceHalfClosed(Direction direction) {
        if (!direction.sourceHalfClosed) {
            direction.sourceHalfClosed = true;
            direction.sourceHalfClosedNanos = System.nanoTime();
            listener.onHalfClosed();
        }
    }

    /** Nothing may be moved any more. */
    boolean hasEnded() {
        return ended;
    }

    Direction opposite(Direction direction) {
        return direction == clientToServer ? serverToClient : clientToServer;
    }

    @Override
    public boolean isWaitingForClient() {
        return clientToServer.mayRead() || serverToClient.waitsToWrite();
    }

    @Override
    public boolean isWaitingForServer() {
        return serverToClient.mayRead() || clientToServer.waitsToWrite();
    }

    @Override
    public long clientActivityNanos() {
        return clientToServer.sourceActivityNanos;
    }

    @Override
    public long serverActivityNanos() {
        return serverToClient.sourceActivityNanos;
    }

    @Override
    public boolean isClientHalfClosed() {
        return clientToServer.sourceHalfClosed;
    }

    @Override
    public boolean isServerHalfClosed() {
        return serverToClient.sourceHalfClosed;
    }

    @Override
    public long clientHalfClosedNanos() {
        return clientToServer.sourceHalfClosedNanos;
    }

    @Override
    public long serverHalfClosedNanos() {
        return serverToClient.sourceHalfClosedNanos;
    }

    long clientToServerBytes() {
        return clientToServer.bytes;
    }

    long serverToClientBytes() {
        return serverToClient.bytes;
    }

    /** How long neither side has sent or taken anything. */
    long silentNanos(long nowNanos) {
        return Math.min(nowNanos - clientActivityNanos(), nowNanos - serverActivityNanos());
    }

    /** How long the session has held what it holds. */
    long stalledNanos(long nowNanos) {
        return Math.max(
                clientToServer.stalledNanos(nowNanos), serverToClient.stalledNanos(nowNanos));
    }

    /** What the session holds in memory now. */
    int bufferedBytes() {
        return clientToServer.heldBytes() + serverToClient.heldBytes();
    }
}
