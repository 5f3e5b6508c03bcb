package io.evenkeel.examples;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that nobody has at any address, and none of those that the kernel gives to clients. */
final class UnusedPorts {
    private static final int FIRST = 12_000;
    private static final int COUNT = 20_000;
    private static final int ATTEMPTS = 50;

    /** Begins anywhere, since other processes look for ports too. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private UnusedPorts() {}

    /** In this process nobody gets it twice. */
    static int next() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket unused = new ServerSocket(port)) {
                return unused.getLocalPort();
            } catch (BindException e) {
                // Another one may be free.
            }
        }
        throw new IOException("No port is free.");
    }
}
