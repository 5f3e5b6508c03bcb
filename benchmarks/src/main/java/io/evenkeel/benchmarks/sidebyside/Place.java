package io.evenkeel.benchmarks.sidebyside;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The addresses of a run: a part of 127.0.0.0/8 of its own, so that others on the machine are not in the way. Each contestant has
 * an address of its own, so that the ports of one's clients do not run out because of another's.
 *
 * @param octet the second octet of all of them
 */
record Place(int octet) {
    private static final int WEB_PORT = 8000;
    private static final int UPLOAD_PORT = 8001;
    private static final int BACKEND_PORT = 8080;

    /** By the process, so that two runs at once do not meet. */
    static Place ofThisProcess() {
        return new Place((int) (64 + ProcessHandle.current().pid() % 128));
    }

    /** The two web servers. */
    List<InetSocketAddress> backends() {
        return List.of(at(1, 1, BACKEND_PORT), at(1, 2, BACKEND_PORT));
    }

    /** What takes uploads. */
    InetSocketAddress sink() {
        return at(1, 3, BACKEND_PORT);
    }

    /** Where a contestant listens for all of the run. */
    Frontends frontends(int contestant) {
        return frontends(2, contestant);
    }

    /** Where it listens when it is started once more, for a measurement alone. */
    Frontends frontendsAlone(int contestant) {
        return frontends(3, contestant);
    }

    private Frontends frontends(int third, int contestant) {
        return new Frontends(
                at(third, contestant + 1, WEB_PORT), at(third, contestant + 1, UPLOAD_PORT));
    }

    private InetSocketAddress at(int third, int fourth, int port) {
        return new InetSocketAddress("127.%d.%d.%d".formatted(octet, third, fourth), port);
    }

    /** As programs want it: {@code ADDRESS:PORT}. */
    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
