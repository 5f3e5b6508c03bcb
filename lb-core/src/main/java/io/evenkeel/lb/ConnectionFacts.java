package io.evenkeel.lb;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's connection: its addresses from the start, and what its first bytes are as they arrive. Whoever
 * reads the bytes tells; conditions ask. Not safe for several threads.
 */
public final class ConnectionFacts {
    /** What is known of one side of the first bytes. */
    enum Progress {
        /** The bytes so far do not say. */
        PENDING,
        /** They are something else. */
        ABSENT,
        /** They are that, and its parts are known. */
        PRESENT
    }

    private final long sourceHigh;
    private final long sourceLow;
    private final long destinationHigh;
    private final long destinationLow;
    private final int sourcePort;
    private final int destinationPort;

    private boolean ended;
    private boolean received;
    private Progress tls = Progress.PENDING;
    private @Nullable String serverName;
    private @Nullable String sentServerName;
    private List<String> protocols = List.of();
    private @Nullable TerminatedTls terminated;
    private Progress http = Progress.PENDING;
    private @Nullable HttpRequest request;

    /**
     * Facts of which only the addresses are known.
     *
     * @param source the client's address, 4 or 16 bytes
     * @param destination the address that it connected to, 4 or 16 bytes
     */
    public ConnectionFacts(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
        sourceHigh = AddressBlock.high(source);
        sourceLow = AddressBlock.low(source);
        destinationHigh = AddressBlock.high(destination);
        destinationLow = AddressBlock.low(destination);
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    /** At least one byte has arrived. */
    public void received() {
        received = true;
    }

    /**
     * The first bytes are a TLS ClientHello.
     *
     * @param name the name that it asks for (SNI), or null if for none
     * @param alpn the protocols that it offers, in its order
     */
    public void tls(@Nullable String name, List<String> alpn) {
        tls = Progress.PRESENT;
        serverName = name == null ? null : hostName(name);
        sentServerName = name;
        protocols = List.copyOf(alpn);
    }

    /** The first bytes are no TLS ClientHello. */
    public void noTls() {
        tls = Progress.ABSENT;
    }

    /** TLS was taken off the connection, and this is known of it. */
    public void terminated(TerminatedTls value) {
        terminated = Objects.requireNonNull(value);
    }

    /** Null if TLS was not taken off. */
    @Nullable TerminatedTls terminated() {
        return terminated;
    }

    /** The first bytes are the head of an HTTP request. */
    public void http(HttpRequest value) {
        http = Progress.PRESENT;
        request = Objects.requireNonNull(value);
    }

    /** The first bytes are no HTTP request. */
    public void noHttp() {
        http = Progress.ABSENT;
    }

    /** Nothing more will become known: what is unknown now counts as not there. */
    public void end() {
        ended = true;
    }

    /** Whether {@link #end} was called. */
    public boolean ended() {
        return ended;
    }

    long high(Endpoint endpoint) {
        return endpoint == Endpoint.SOURCE ? sourceHigh : destinationHigh;
    }

    long low(Endpoint endpoint) {
        return endpoint == Endpoint.SOURCE ? sourceLow : destinationLow;
    }

    int port(Endpoint endpoint) {
        return endpoint == Endpoint.SOURCE ? sourcePort : destinationPort;
    }

    boolean isReceived() {
        return received;
    }

    /** Whether the first bytes may still turn out to be that. */
    boolean isPending(NameCondition.Name name) {
        return name == NameCondition.Name.SNI ? isTlsPending() : isHttpPending();
    }

    /** Whether the first bytes may still turn out to be a ClientHello. */
    public boolean isTlsPending() {
        return !ended && tls == Progress.PENDING;
    }

    /** Whether the first bytes may still turn out to be the head of an HTTP request. */
    public boolean isHttpPending() {
        return !ended && http == Progress.PENDING;
    }

    boolean isTls() {
        return tls == Progress.PRESENT;
    }

    /** In lower case and without a dot at the end; null if there is none, or none yet. */
    @Nullable String name(NameCondition.Name name) {
        if (name == NameCondition.Name.SNI) {
            return serverName;
        }
        return request == null ? null : request.hostName();
    }

    /** The name that a ClientHello asks for (SNI), in lower case and without a dot at the end; null if there is none, or none yet. */
    public @Nullable String serverName() {
        return serverName;
    }

    /** The same as it was sent, each character a byte; null if there is none, or none yet. */
    public @Nullable String sentServerName() {
        return sentServerName;
    }

    /** The host of the first HTTP request, in lower case, without port and dot at the end; null if there is none, or none yet. */
    public @Nullable String hostName() {
        return name(NameCondition.Name.HOST);
    }

    List<String> protocols() {
        return protocols;
    }

    /** Null if there is none, or none yet. */
    @Nullable HttpRequest request() {
        return request;
    }

    /** The form in which names are compared: lower case, no dot at the end. */
    static String hostName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
