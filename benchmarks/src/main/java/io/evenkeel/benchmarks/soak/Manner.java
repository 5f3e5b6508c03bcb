package io.evenkeel.benchmarks.soak;

/** How a client behaves. */
enum Manner {
    /** Sends, reads the echo, closes. */
    EXCHANGE(47),
    /** Sends, says that it has finished, reads the echo to the server's end. */
    HALF_CLOSE(15),
    /** Asks for much and reads it as it comes. */
    DOWNLOAD(10),
    /** Asks for much and reads it slowly. */
    SLOW_READER(5),
    /** Sends a part and resets the connection. */
    RESET(8),
    /** Sends a byte and goes. */
    ONE_BYTE(5),
    /** Goes as soon as it is connected. */
    LEAVE(6),
    /** Connects and says nothing until it is thrown out. */
    SILENT(2),
    /** Sends a part and is silent until it is thrown out. */
    STALL(2);

    private final int share;

    Manner(int share) {
        this.share = share;
    }

    /** How many of 100 clients. */
    int share() {
        return share;
    }

    /** Whether it waits for a timeout. */
    boolean waitsForTimeout() {
        return this == SILENT || this == STALL;
    }

    /** Whether the server makes the payload. */
    boolean downloads() {
        return this == DOWNLOAD || this == SLOW_READER;
    }
}
