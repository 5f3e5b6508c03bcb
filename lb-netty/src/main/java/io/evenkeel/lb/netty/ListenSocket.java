package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A listening TCP socket on one event loop. Bound by whoever made it, used by its loop's thread alone. */
interface ListenSocket {
    /** Takes a connection that has been accepted; called on the loop. */
    interface Taker {
        /** Who will own the next connection. */
        StreamSocket.Listener listener();

        /** The loop of that owner. */
        IoEventLoop loop();

        /** The owner given before has its connection, which does nothing yet. */
        void accepted(StreamSocket socket, InetSocketAddress remote);
    }

    /**
     * Takes the next connection from the accept queue.
     *
     * @return false if the queue is empty
     * @throws IOException if the connection could not be taken: out of descriptors, or gone already
     */
    boolean accept(Taker taker) throws IOException;

    /**
     * Takes the next connection from the accept queue and resets it at once, which needs one descriptor for a moment.
     *
     * @return false if the queue is empty
     * @throws IOException if there is not even that one
     */
    boolean reject() throws IOException;

    /** Starts to report connections to {@code onConnections}. */
    void register(Runnable onConnections) throws IOException;

    /** While paused, connections stay in the queue and are not reported. */
    void pause(boolean paused);

    InetSocketAddress localAddress();

    /** Idempotent. */
    void close();
}
