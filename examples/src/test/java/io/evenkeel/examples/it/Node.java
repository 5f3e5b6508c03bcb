package io.evenkeel.examples.it;

import io.evenkeel.examples.lab.LabHost;

/** A host that takes part in VRRP, whatever program does it. */
interface Node {
    LabHost host();

    /** Starts the program. */
    void start();

    /** Whether it is running. */
    boolean isRunning();

    /** Ends the program in order (SIGTERM) and waits for its end. */
    void stop();

    /** Ends the program as a crash does (SIGKILL). */
    void crash();
}
