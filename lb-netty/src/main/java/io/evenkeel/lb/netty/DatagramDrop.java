package io.evenkeel.lb.netty;

/** Why a datagram was received and not passed on. */
public enum DatagramDrop {
    /** It is longer than the frontend takes. */
    TOO_LONG,
    /** No server is usable. */
    NO_SERVER,
    /** Every server has as many sessions as it may. */
    SERVERS_FULL,
    /** The name of the server has not been found yet. */
    NO_ADDRESS,
    /** No descriptor or no local port was left for another session. */
    RESOURCES,
    /** The kernel had no room for it towards the server. */
    SERVER_BUSY,
    /** The kernel had no room for it towards the client. */
    CLIENT_BUSY,
    /** The kernel refused to send it, such as without a route. */
    ERROR,
    /** The address that it was sent to cannot be answered from. */
    NO_LOCAL_ADDRESS
}
