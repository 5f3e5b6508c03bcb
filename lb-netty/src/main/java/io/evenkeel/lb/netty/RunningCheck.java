package io.evenkeel.lb.netty;

/** A check or a question to an agent that is under way, on one loop. */
interface RunningCheck {
    /** Begins; the result may follow before this returns. */
    void start();

    /** Ends it, with its connection; no result follows. Idempotent. */
    void close();
}
