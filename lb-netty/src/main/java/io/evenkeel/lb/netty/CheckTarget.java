package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.SourceConfig;
import io.evenkeel.lb.TcpConnect;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a check connects to, and what it asks there.
 *
 * @param address where to
 * @param tls the TLS settings, or null for none or those of {@code serverTls}
 * @param serverTls how connections to the server are made, and this one too; null if without TLS or with {@code tls}
 * @param tlsName the name to ask for and to find in the certificate, or null for neither
 * @param http what is asked, or null for nothing of HTTP
 * @param header the PROXY header that comes first, or null for none
 * @param source where from, or null for what the system chooses
 */
record CheckTarget(
        InetSocketAddress address,
        @Nullable SslContext tls,
        @Nullable ServerTlsConfig serverTls,
        @Nullable String tlsName,
        @Nullable HttpCheck http,
        @Nullable ProxyHeader header,
        @Nullable SourceConfig source) {

    /** As the check of a server says. */
    static CheckTarget of(
            String host,
            InetSocketAddress address,
            CheckConfig config,
            @Nullable SslContext tls,
            @Nullable ServerTlsConfig serverTls,
            @Nullable HttpCheck http) {
        ServerTlsConfig same = config.tls() ? serverTls : null;
        return new CheckTarget(
                address,
                same == null ? tls : null,
                same,
                same == null ? tlsName(host, config.sni(), config) : config.sni(),
                http,
                config.proxyHeader(),
                null);
    }

    /** As a step of a check says. */
    static CheckTarget of(
            String host,
            InetSocketAddress address,
            TcpConnect connect,
            CheckConfig config,
            @Nullable SslContext tls,
            @Nullable ServerTlsConfig serverTls) {
        boolean overTls = connect.isTls(config);
        ServerTlsConfig same = overTls ? serverTls : null;
        String sni = connect.sni(config);
        String name = same == null ? tlsName(host, sni, config) : sni;
        return new CheckTarget(
                address,
                overTls && same == null ? tls : null,
                same,
                overTls ? name : null,
                null,
                connect.usual() ? config.proxyHeader() : null,
                null);
    }

    /** Without anything else. */
    static CheckTarget plain(InetSocketAddress address) {
        return new CheckTarget(address, null, null, null, null, null, null);
    }

    /** The same from there. */
    CheckTarget from(@Nullable SourceConfig value) {
        return new CheckTarget(address, tls, serverTls, tlsName, http, header, value);
    }

    private static @Nullable String tlsName(String host, @Nullable String sni, CheckConfig config) {
        return sni == null && config.verifyCertificate() ? HostNames.withoutFamily(host) : sni;
    }

    /** RFC 9112: request line, header fields, empty line. */
    static byte[] request(HttpCheck check, InetSocketAddress address) {
        StringBuilder text = new StringBuilder(128);
        text.append(check.method())
                .append(' ')
                .append(check.uri())
                .append(' ')
                .append(check.version())
                .append("\r\n");
        String host = check.host();
        if (host == null && check.version().equals("HTTP/1.1") && !names(check, "Host")) {
            host = authority(address);
        }
        if (host != null) {
            text.append("Host: ").append(host).append("\r\n");
        }
        for (HttpHeader header : check.headers()) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (!names(check, "Connection")) {
            text.append("Connection: close\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean names(HttpCheck check, String name) {
        return check.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }

    private static String authority(InetSocketAddress address) {
        String literal = address.getAddress().getHostAddress();
        return (literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal)
                + ":"
                + address.getPort();
    }
}
