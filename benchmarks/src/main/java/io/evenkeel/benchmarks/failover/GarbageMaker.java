package io.evenkeel.benchmarks.failover;

import java.util.concurrent.ThreadLocalRandom;

/** A thread that allocates as fast as it can, and keeps a share of what it allocates alive. */
final class GarbageMaker implements Runnable {
    private static final int OBJECT_BYTES = 64;
    private static final int HEADER_BYTES = 16;

    private final Object[] live;

    /**
     * @param liveBytes about what it keeps, in objects of 64 bytes and their references
     */
    GarbageMaker(long liveBytes) {
        live = new Object[(int) (liveBytes / (OBJECT_BYTES + Integer.BYTES))];
    }

    /** Starts it as a daemon. */
    static void start(long liveBytes) {
        Thread thread = new Thread(new GarbageMaker(liveBytes), "garbage");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < live.length; i++) {
            live[i] = new byte[OBJECT_BYTES - HEADER_BYTES];
        }
        while (true) {
            byte[] object = new byte[OBJECT_BYTES - HEADER_BYTES];
            if ((object.length & random.nextInt()) == 0) {
                live[random.nextInt(live.length)] = object;
            }
        }
    }
}
