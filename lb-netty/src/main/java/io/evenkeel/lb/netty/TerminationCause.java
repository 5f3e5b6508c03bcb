package io.evenkeel.lb.netty;

/**
 * Why a session ended, with the two letters that HAProxy's {@code tcplog} shows for it: who ended it (C client, S
 * server, P proxy by a rule, c client timeout, s server timeout, R resources, I internal, K killed by the operator, D its server
 * went down, U a server came up that goes before its backup) and when (R waiting for the first bytes, Q waiting for a server, C
 * connecting, D exchanging data, - after a complete exchange).
 */
public enum TerminationCause {
    /** Both sides finished. */
    COMPLETED("--"),
    /** A rule rejects the connection. */
    REJECTED("PR"),
    /** The client is none of those that may send the PROXY header that is expected, or has sent something else. */
    PROXY_HEADER_REFUSED("PR"),
    /** The client has not sent the whole PROXY header in time. */
    PROXY_HEADER_TIMEOUT("cR"),
    /** The TLS handshake with the client has failed, which the client may have ended itself. */
    CLIENT_TLS_FAILED("PR"),
    /** The TLS handshake with the client took longer than the client timeout. */
    CLIENT_TLS_TIMEOUT("cR"),
    /** The client's address has as many connections as it may ({@code src_conn_cur} and the like), or asks for them too fast. */
    SOURCE_LIMIT("PR"),
    /** No rule says a backend, and there is no default one. */
    NO_BACKEND("SC"),
    /** The client was gone before it had sent what rules look at. */
    CLIENT_ABORT_INSPECTED("CR"),
    /** The client was gone while waiting for a usable server. */
    CLIENT_ABORT_QUEUED("CQ"),
    /** The client was gone before a server was connected. */
    CLIENT_ABORT_CONNECTING("CC"),
    /** The client reset the connection. */
    CLIENT_ABORT("CD"),
    /** The client was silent, or took nothing, for longer than the client timeout. */
    CLIENT_TIMEOUT("cD"),
    /** No server is usable. */
    NO_SERVER("SC"),
    /** No server became usable within the queue timeout. */
    QUEUE_TIMEOUT("sQ"),
    /** As many connections wait for a server as may. */
    QUEUE_FULL("SQ"),
    /** The server refused the connection, and no retry was left. */
    CONNECT_FAILED("SC"),
    /** The TLS handshake with the server has failed, such as by its certificate, and no retry was left. */
    SERVER_TLS_FAILED("SC"),
    /** This host had no local port left for a connection to the server's address, and no retry was left. */
    LOCAL_PORTS("SC"),
    /** The server did not answer the connection within the connect timeout, and no retry was left. */
    CONNECT_TIMEOUT("sC"),
    /** The server reset the connection. */
    SERVER_ABORT("SD"),
    /** The server was silent, or took nothing, for longer than the server timeout. */
    SERVER_TIMEOUT("sD"),
    /** The server went down, and its sessions are reset then ({@code on-marked-down shutdown-sessions}). */
    SERVER_DOWN("DD"),
    /** The session was at a backup, and a server came up ({@code on-marked-up shutdown-backup-sessions}). */
    PRIMARY_UP("UD"),
    /** This host ran out of descriptors, ports or memory. */
    RESOURCES("RC"),
    /** All sessions together held too much, and this one the most for the longest time. */
    SHED("RD"),
    /** A bug of this proxy's, or of what the application has it call, such as a balance; it was logged. */
    INTERNAL("ID"),
    /** Another configuration no longer has its frontend, address, backend or server, and the time to end by itself was over. */
    REMOVED("KD"),
    /** The proxy was closed before the session had ended. */
    SHUTDOWN("KD");

    private final String code;

    TerminationCause(String code) {
        this.code = code;
    }

    /** HAProxy's two letters. Several causes may share them. */
    public String code() {
        return code;
    }
}
