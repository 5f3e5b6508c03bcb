package io.evenkeel.lb.netty;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a check connects to, says and expects.
 *
 * @param address where to
 * @param tls the TLS settings, or null for none
 * @param tlsName the name to ask for and to find in the certificate, or null for neither
 * @param request the bytes to send, or null to send nothing
 * @param expected the status to receive, or null to receive nothing
 */
record CheckTarget(
        InetSocketAddress address,
        @Nullable SslContext tls,
        @Nullable String tlsName,
        byte @Nullable [] request,
        @Nullable ExpectedStatus expected) {

    static CheckTarget of(
            String host,
            InetSocketAddress address,
            CheckConfig config,
            @Nullable SslContext tls,
            @Nullable HttpCheck http) {
        String sni = config.sni();
        return new CheckTarget(
                address,
                tls,
                sni == null && config.verifyCertificate() ? host : sni,
                http == null ? null : request(http, address),
                http == null ? null : http.expectedStatus());
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
