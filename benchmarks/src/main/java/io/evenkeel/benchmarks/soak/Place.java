package io.evenkeel.benchmarks.soak;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * The addresses of a soak, a part of 127.0.0.0/8 of its own, so that others on the machine are not in the way, and its files.
 *
 * @param octet the second octet of all of them
 * @param directory of the files
 */
record Place(int octet, Path directory) {
    private static final int SERVER_PORT = 7001;
    private static final int DATAGRAM_PORT = 7002;
    private static final int NAME_SERVER_PORT = 5353;

    /** By the process, so that two soaks at once do not meet. */
    static Place ofThisProcess(Path directory) {
        return new Place((int) (64 + ProcessHandle.current().pid() % 128), directory);
    }

    String server(int number) {
        return "127.%d.1.%d".formatted(octet, number);
    }

    /** Of every server, since a name has addresses only. */
    int serverPort() {
        return SERVER_PORT;
    }

    /** Where every server has datagrams. */
    int datagramPort() {
        return DATAGRAM_PORT;
    }

    InetSocketAddress nameServer() {
        return new InetSocketAddress("127.%d.3.1".formatted(octet), NAME_SERVER_PORT);
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

    /** The certificate and key of the frontend that speaks TLS. */
    Path certificate() {
        return directory.resolve("frontend.pem");
    }

    /** The certificate of who has issued all others. */
    Path authority() {
        return directory.resolve("authority.pem");
    }
}
