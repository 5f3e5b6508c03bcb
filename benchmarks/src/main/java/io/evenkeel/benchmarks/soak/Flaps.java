package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Has servers go and come back. Used by one thread. */
final class Flaps {
    private static final int AT_A_TIME = 2;

    private final List<EchoServer> servers;
    private final long[] backNanos;
    private final Random random;
    private final Consumer<Mark.Kind> marks;
    private long nextNanos = System.nanoTime();

    Flaps(List<EchoServer> servers, Random random, Consumer<Mark.Kind> marks) {
        this.servers = servers;
        this.random = random;
        this.marks = marks;
        backNanos = new long[servers.size()];
    }

    /** Does what is due. */
    void advance() throws IOException {
        long now = System.nanoTime();
        int disturbed = 0;
        for (int i = 0; i < servers.size(); i++) {
            EchoServer server = servers.get(i);
            if (server.isDisturbed()) {
                if (now - backNanos[i] >= 0) {
                    server.bringBack();
                } else {
                    disturbed++;
                }
            }
        }
        if (now - nextNanos >= 0) {
            nextNanos = now + between(2, 6);
            if (disturbed < AT_A_TIME) {
                flap(random.nextInt(servers.size()), now);
            }
        }
    }

    private void flap(int index, long now) throws IOException {
        EchoServer server = servers.get(index);
        int what = random.nextInt(4);
        long lasting = between(2, 7);
        if (server.isDisturbed()) {
            return;
        }
        switch (what) {
            case 0 -> server.hang();
            case 1 -> server.makeDeaf();
            default -> server.takeAway();
        }
        backNanos[index] = now + lasting;
        marks.accept(Mark.Kind.FLAP);
    }

    private long between(int leastSeconds, int mostSeconds) {
        return (long) ((leastSeconds + random.nextDouble() * (mostSeconds - leastSeconds)) * 1e9);
    }

    /** Brings all of them back. */
    void end() throws IOException {
        for (EchoServer server : servers) {
            server.bringBack();
        }
    }
}
