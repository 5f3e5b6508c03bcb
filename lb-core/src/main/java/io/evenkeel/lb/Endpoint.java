package io.evenkeel.lb;

/** One of the two ends of a client's connection. */
enum Endpoint {
    /** The client. */
    SOURCE,
    /** The address and port that the client connected to. */
    DESTINATION
}
