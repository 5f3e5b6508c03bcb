package io.evenkeel.benchmarks.soak;

/** What a server saw of a connection. Written by the connection's thread, read by any. */
final class Served {
    /** How a connection ended, as its server sees it. */
    enum End {
        OPEN,
        /** The client finished. */
        FINISHED,
        RESET,
        /** A byte was wrong. */
        WRONG
    }

    private final EchoServer server;
    private volatile long received;
    private volatile End end = End.OPEN;
    private volatile String message = "";

    Served(EchoServer server) {
        this.server = server;
    }

    EchoServer server() {
        return server;
    }

    /** Bytes of payload that came and were right. */
    long received() {
        return received;
    }

    End end() {
        return end;
    }

    /** What is wrong, or empty. */
    String message() {
        return message;
    }

    void receivedUpTo(long bytes) {
        received = bytes;
    }

    void ended(End how, String why) {
        message = why;
        end = how;
    }

    @Override
    public String toString() {
        return server + " " + end + " after " + received + " bytes";
    }
}
