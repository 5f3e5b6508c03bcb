package io.evenkeel.lb;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What has to hold of a connection for a rule to apply: an immutable value. A condition on something that a connection does not
 * have, such as the SNI of one without TLS, is false; its negation is true.
 */
public sealed interface Condition
        permits AddressCondition,
                CombinedCondition,
                ConstantCondition,
                NameCondition,
                NegatedCondition,
                PortCondition,
                ProgressCondition,
                TerminatedTlsCondition,
                TextCondition {
    /** What a condition looks at beyond addresses and ports. */
    enum Need {
        /** The TLS ClientHello that a connection may begin with. */
        TLS,
        /** The head of the HTTP request that a connection may begin with. */
        HTTP,
        /** What the handshake has said of TLS that was taken off; known before the first byte. */
        TERMINATED_TLS,
        /** Whether a byte has arrived. */
        BYTES,
        /** Whether the wait for more is over. */
        END
    }

    /** What it says of a connection, by what is known of it. Allocates nothing. */
    Truth test(ConnectionFacts facts);

    /** What it looks at; empty: addresses and ports are all that it takes. */
    Set<Need> needs();

    /** Holds always. */
    static Condition always() {
        return ConstantCondition.TRUE;
    }

    /** Never holds. */
    static Condition never() {
        return ConstantCondition.FALSE;
    }

    /**
     * The client's address is in one of these.
     *
     * @param blocks such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.1}; those of IPv4 hold for
     *     addresses such as {@code ::ffff:192.0.2.1} too
     * @throws InvalidConfigException if one is no address
     */
    static Condition source(String... blocks) {
        return AddressCondition.of(Endpoint.SOURCE, Arrays.asList(blocks));
    }

    /** The address that the client connected to is in one of these; see {@link #source}. */
    static Condition destination(String... blocks) {
        return AddressCondition.of(Endpoint.DESTINATION, Arrays.asList(blocks));
    }

    /**
     * The client's port is in this range, both ends included.
     *
     * @throws InvalidConfigException if the range is empty
     */
    static Condition sourcePort(int least, int most) {
        return PortCondition.of(Endpoint.SOURCE, least, most);
    }

    /** The port that the client connected to is in this range; see {@link #sourcePort}. */
    static Condition destinationPort(int least, int most) {
        return PortCondition.of(Endpoint.DESTINATION, least, most);
    }

    /**
     * The TLS ClientHello asks for one of these names.
     *
     * @param names {@code www.example.com}, or {@code *.example.com} for all names below {@code example.com}; case and a
     *     dot at the end do not count
     * @throws InvalidConfigException if one is empty, or has a {@code *} elsewhere
     */
    static Condition sni(String... names) {
        return NameCondition.of(NameCondition.Name.SNI, Arrays.asList(names));
    }

    /** The TLS ClientHello asks for a name that ends so, whether at a dot or not; case does not count. */
    static Condition sniSuffix(String... suffixes) {
        return NameCondition.suffixes(NameCondition.Name.SNI, Arrays.asList(suffixes));
    }

    /** The name in the TLS ClientHello is such a text; case does not count. */
    static Condition sni(TextMatch match) {
        return new TextCondition(TextCondition.Source.SNI, "", match.ignoringCase());
    }

    /** The TLS ClientHello offers one of these protocols, such as {@code h2}. */
    static Condition alpn(String... protocols) {
        return alpn(TextMatch.exact(protocols));
    }

    /** The TLS ClientHello offers such a protocol. */
    static Condition alpn(TextMatch match) {
        return new TextCondition(TextCondition.Source.ALPN, "", match);
    }

    /** The connection begins with a TLS ClientHello. */
    static Condition tls() {
        return ProgressCondition.TLS;
    }

    /** TLS was taken off the connection. */
    static Condition terminatedTls() {
        return new TerminatedTlsCondition(TerminatedTlsCondition.Part.VERSION, null);
    }

    /** In TLS that was taken off, the client has asked for such a name. */
    static Condition terminatedServerName(TextMatch match) {
        return new TerminatedTlsCondition(TerminatedTlsCondition.Part.SERVER_NAME, match);
    }

    /** In TLS that was taken off, such a protocol was chosen by ALPN. */
    static Condition terminatedProtocol(TextMatch match) {
        return new TerminatedTlsCondition(TerminatedTlsCondition.Part.PROTOCOL, match);
    }

    /** TLS that was taken off has such a version, such as {@code TLSv1.3}. */
    static Condition terminatedVersion(TextMatch match) {
        return new TerminatedTlsCondition(TerminatedTlsCondition.Part.VERSION, match);
    }

    /** In TLS that was taken off, the client has shown a certificate. */
    static Condition clientCertificate() {
        return new TerminatedTlsCondition(TerminatedTlsCondition.Part.CERTIFICATE, null);
    }

    /** In TLS that was taken off, the client has shown a certificate of such a common name. */
    static Condition clientCommonName(TextMatch match) {
        return new TerminatedTlsCondition(TerminatedTlsCondition.Part.COMMON_NAME, match);
    }

    /** The connection begins with an HTTP request (version 1). */
    static Condition http() {
        return ProgressCondition.HTTP;
    }

    /** A byte has arrived. */
    static Condition received() {
        return ProgressCondition.RECEIVED;
    }

    /** The wait for more of the first bytes is over ({@code WAIT_END}). */
    static Condition waitEnded() {
        return ProgressCondition.ENDED;
    }

    /** The first HTTP request has one of these methods, which are case-sensitive. */
    static Condition method(String... methods) {
        return method(TextMatch.exact(methods));
    }

    /** The first HTTP request has such a method. */
    static Condition method(TextMatch match) {
        return new TextCondition(TextCondition.Source.METHOD, "", match);
    }

    /** The first HTTP request has such a path, without the query. */
    static Condition path(TextMatch match) {
        return new TextCondition(TextCondition.Source.PATH, "", match);
    }

    /** The first HTTP request has such a target, as it was sent. */
    static Condition uri(TextMatch match) {
        return new TextCondition(TextCondition.Source.URI, "", match);
    }

    /** The first HTTP request has such a version; {@code 1.1}. */
    static Condition httpVersion(TextMatch match) {
        return new TextCondition(TextCondition.Source.VERSION, "", match);
    }

    /** The first HTTP request's Host is one of these names, whatever its port; see {@link #sni(String...)}. */
    static Condition host(String... names) {
        return NameCondition.of(NameCondition.Name.HOST, Arrays.asList(names));
    }

    /** One of the values of that header field is such a text: fields are divided at their commas. */
    static Condition header(String name, TextMatch match) {
        return new TextCondition(TextCondition.Source.HEADER, name, match);
    }

    /** One of the header fields of that name is such a text, with its commas. */
    static Condition wholeHeader(String name, TextMatch match) {
        return new TextCondition(TextCondition.Source.WHOLE_HEADER, name, match);
    }

    /** All of them hold. */
    static Condition all(List<Condition> conditions) {
        return CombinedCondition.of(true, conditions);
    }

    /** At least one of them holds. */
    static Condition any(List<Condition> conditions) {
        return CombinedCondition.of(false, conditions);
    }

    /** Both hold. */
    default Condition and(Condition other) {
        return all(List.of(this, other));
    }

    /** One of the two holds, or both. */
    default Condition or(Condition other) {
        return any(List.of(this, other));
    }

    /** This one does not hold. */
    default Condition not() {
        return this instanceof NegatedCondition negated
                ? negated.condition()
                : new NegatedCondition(this);
    }
}
