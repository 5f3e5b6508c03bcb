package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections to the management beans of the process that is looked at: each has a descriptor there that is not the
 * program's. There is a second one from then on, when two calls happen to meet: the connector asks by itself once a minute.
 */
final class ManagementSockets extends RMISocketFactory {
    private final AtomicInteger open = new AtomicInteger();

    /** How many there are. */
    int open() {
        return open.get();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Counted(host, port);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new ServerSocket(port);
    }

    private final class Counted extends Socket {
        private boolean counted;

        private Counted(String host, int port) throws IOException {
            super(host, port);
            counted = true;
            open.incrementAndGet();
        }

        @Override
        public synchronized void close() throws IOException {
            if (counted) {
                counted = false;
                open.decrementAndGet();
            }
            super.close();
        }
    }
}
