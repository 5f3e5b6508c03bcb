package io.evenkeel.benchmarks.soak;

import java.net.InetSocketAddress;

/**
 * The addresses of a soak: a part of 127.0.0.0/8 of its own, so that others on the machine are not in the way.
 *
 * @param octet the second octet of all of them
 */
record Place(int octet) {
    private static final int FIRST_SERVER_PORT = 7000;

    /** By the process, so that two soaks at once do not meet. */
    static Place ofThisProcess() {
        return new Place((int) (64 + ProcessHandle.current().pid() % 128));
    }

    String server(int number) {
        return "127.%d.1.%d".formatted(octet, number);
    }

    int serverPort(int number) {
        return FIRST_SERVER_PORT + number;
    }

    String frontendHost() {
        return "127.%d.0.1".formatted(octet);
    }

    InetSocketAddress frontend(Door door) {
        return new InetSocketAddress(frontendHost(), door.port());
    }

    String client(int source) {
        return "127.%d.2.%d".formatted(octet, source);
    }
}
