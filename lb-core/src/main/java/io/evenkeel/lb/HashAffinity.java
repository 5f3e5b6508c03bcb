package io.evenkeel.lb;

/** What becomes of a connection whose server follows from a hash, when that server is full ({@code hash-preserve-affinity}). */
public enum HashAffinity {
    /** It waits for its server. */
    ALWAYS,
    /** It goes to another server. */
    MAXCONN,
    /** It waits for its server, unless {@link ServerConfig#maxQueue()} wait for that one already; then it goes to another. */
    MAXQUEUE
}
