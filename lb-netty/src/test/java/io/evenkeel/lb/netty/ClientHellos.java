package io.evenkeel.lb.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** TLS ClientHellos, by hand and by the JDK. */
final class ClientHellos {
    static final int SERVER_NAME = 0;
    static final int ALPN = 16;
    static final int PADDING = 21;
    static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    private ClientHellos() {}

    /** What the JDK's client sends first. */
    static byte[] ofTheJdk(String name, String... protocols) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine(name, 443);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            parameters.setApplicationProtocols(protocols);
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(1 << 16);
            engine.wrap(ByteBuffer.allocate(0), out);
            byte[] bytes = new byte[out.flip().remaining()];
            out.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException | SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** A handshake message with these extensions; none if there are none. */
    static byte[] handshake(byte[]... extensions) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {3, 3});
        body.writeBytes(new byte[32]);
        body.writeBytes(new byte[] {2, 7, 7});
        body.writeBytes(new byte[] {0, 4, 0x13, 1, 0x13, 2});
        body.writeBytes(new byte[] {1, 0});
        if (extensions.length > 0) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] extension : extensions) {
                all.writeBytes(extension);
            }
            number(body, all.size(), 2);
            body.writeBytes(all.toByteArray());
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(1);
        number(message, body.size(), 3);
        message.writeBytes(body.toByteArray());
        return message.toByteArray();
    }

    static byte[] extension(int type, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, type, 2);
        number(out, content.length, 2);
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] serverName(String name) {
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, text.length + 3, 2);
        out.write(0);
        number(out, text.length, 2);
        out.writeBytes(text);
        return extension(SERVER_NAME, out.toByteArray());
    }

    /** The message in records of at most that many bytes. */
    static byte[] records(byte[] handshake, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < handshake.length; at += most) {
            int length = Math.min(most, handshake.length - at);
            out.writeBytes(new byte[] {22, 3, 1});
            number(out, length, 2);
            out.write(handshake, at, length);
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value, int octets) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write(value >> shift);
        }
    }
}
