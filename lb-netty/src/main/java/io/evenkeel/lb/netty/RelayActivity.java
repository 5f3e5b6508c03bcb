package io.evenkeel.lb.netty;

/** What idleness is measured by. Times are those of {@link System#nanoTime}. */
interface RelayActivity {
    /** Whether the client is the one who has to do something next: send, or take what waits for it. */
    boolean isWaitingForClient();

    /** Whether the server is the one who has to do something next: send, or take what waits for it. */
    boolean isWaitingForServer();

    /** When the client's socket last took or gave a byte. */
    long clientActivityNanos();

    /** When the server's socket last took or gave a byte. */
    long serverActivityNanos();

    /** Whether one direction of the client's connection has ended: FIN came from it or was sent to it. */
    boolean isClientHalfClosed();

    /** Whether one direction of the server's connection has ended: FIN came from it or was sent to it. */
    boolean isServerHalfClosed();

    /** When that happened, if it did. */
    long clientHalfClosedNanos();

    /** When that happened, if it did. */
    long serverHalfClosedNanos();
}
