package io.evenkeel.lb;

/** What of a connection decides its server, where the {@link Balance} goes by a key. */
public enum BalanceKey {
    /** Nothing. */
    NONE,
    /** The client's address, without its port. */
    SOURCE,
    /** The address that the client has connected to, without its port. */
    DESTINATION,
    /** The name that a TLS client asks for (SNI); any server if it asks for none. */
    SERVER_NAME,
    /** The host of the first HTTP request; any server if the connection does not begin with one. */
    HOST,
    /** What the application says when it picks. */
    APPLICATION
}
