package io.evenkeel.lb.netty;

import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.TerminatedTls;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes headers of the PROXY protocol. If one address is IPv4 and the other IPv6, both are written as IPv6, the one as {@code
 * ::ffff:0:0/96}.
 */
final class ProxyHeaderWriter {
    /** No header is longer. */
    static final int LONGEST = 1024;

    /** A longer name is no host's and left out. */
    static final int LONGEST_AUTHORITY = 255;

    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final byte LOCAL = 0x20;
    private static final byte PROXY = 0x21;
    private static final byte UNSPECIFIED = 0x00;
    private static final byte TCP4 = 0x11;
    private static final byte TCP6 = 0x21;
    private static final byte ALPN = 0x01;
    private static final byte AUTHORITY = 0x02;
    private static final byte CRC = 0x03;
    private static final byte SSL = 0x20;
    private static final byte SSL_VERSION = 0x21;
    private static final byte SSL_COMMON_NAME = 0x22;
    private static final byte CLIENT_SSL = 0x01;
    private static final byte CLIENT_CERTIFICATE = 0x02 | 0x04;
    private static final int LENGTH_AT = 14;

    private ProxyHeaderWriter() {}

    /**
     * On behalf of a client.
     *
     * @param authority the name that it asked for, or null if that is not known
     * @param tls what is known of TLS that was taken off, or null if none was
     */
    static void writeProxied(
            ProxyHeader header,
            InetSocketAddress source,
            InetSocketAddress destination,
            byte @Nullable [] authority,
            @Nullable TerminatedTls tls,
            ByteBuffer into) {
        if (header.version() == ProxyHeader.Version.V1) {
            writeLine(source, destination, into);
            return;
        }
        int start = into.position();
        boolean ipv4 = areIpv4(source, destination);
        into.put(SIGNATURE).put(PROXY).put(ipv4 ? TCP4 : TCP6).putShort((short) 0);
        into.put(octets(source.getAddress(), ipv4)).put(octets(destination.getAddress(), ipv4));
        into.putShort((short) source.getPort()).putShort((short) destination.getPort());
        finish(header, start, authority, tls, into);
    }

    /** Of a connection on behalf of nobody, with its own addresses where the header has to have some. */
    static void writeLocal(
            ProxyHeader header,
            InetSocketAddress source,
            InetSocketAddress destination,
            ByteBuffer into) {
        if (header.version() == ProxyHeader.Version.V1) {
            // Many servers refuse UNKNOWN.
            writeLine(source, destination, into);
            return;
        }
        int start = into.position();
        into.put(SIGNATURE).put(LOCAL).put(UNSPECIFIED).putShort((short) 0);
        finish(header, start, null, null, into);
    }

    private static void finish(
            ProxyHeader header,
            int start,
            byte @Nullable [] authority,
            @Nullable TerminatedTls tls,
            ByteBuffer into) {
        int sum = -1;
        if (header.has(ProxyHeader.Option.CRC32C)) {
            into.put(CRC).putShort((short) Integer.BYTES);
            sum = into.position();
            into.putInt(0);
        }
        if (tls != null && tls.protocol() != null) {
            putText(ALPN, tls.protocol(), into);
        }
        boolean named = authority != null && authority.length <= LONGEST_AUTHORITY;
        if (named && header.has(ProxyHeader.Option.AUTHORITY)) {
            into.put(AUTHORITY).putShort((short) authority.length).put(authority);
        }
        if (header.has(ProxyHeader.Option.SSL) || header.has(ProxyHeader.Option.SSL_COMMON_NAME)) {
            putTls(header, tls, into);
        }
        into.putShort(start + LENGTH_AT, (short) (into.position() - start - LENGTH_AT - 2));
        if (sum >= 0) {
            CRC32C crc = new CRC32C();
            crc.update(into.duplicate().flip().position(start));
            into.putInt(sum, (int) crc.getValue());
        }
    }

    private static void putTls(ProxyHeader header, @Nullable TerminatedTls tls, ByteBuffer into) {
        int start = into.position();
        into.put(SSL).putShort((short) 0);
        TerminatedTls.ClientCertificate shown = tls == null ? null : tls.certificate();
        int client = (tls == null ? 0 : CLIENT_SSL) | (shown == null ? 0 : CLIENT_CERTIFICATE);
        // What a client shows is verified, or the connection does not come as far.
        into.put((byte) client).putInt(0);
        if (tls != null) {
            putText(SSL_VERSION, tls.version(), into);
        }
        if (shown != null
                && shown.commonName() != null
                && header.has(ProxyHeader.Option.SSL_COMMON_NAME)) {
            putText(SSL_COMMON_NAME, shown.commonName(), into);
        }
        into.putShort(start + 1, (short) (into.position() - start - 3));
    }

    /** What is longer than any name is left out. */
    private static void putText(byte type, String text, ByteBuffer into) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_AUTHORITY) {
            into.put(type).putShort((short) bytes.length).put(bytes);
        }
    }

    private static void writeLine(
            InetSocketAddress source, InetSocketAddress destination, ByteBuffer into) {
        boolean ipv4 = areIpv4(source, destination);
        String line =
                (ipv4 ? "PROXY TCP4 " : "PROXY TCP6 ")
                        + text(source.getAddress(), ipv4)
                        + ' '
                        + text(destination.getAddress(), ipv4)
                        + ' '
                        + source.getPort()
                        + ' '
                        + destination.getPort()
                        + "\r\n";
        into.put(line.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean areIpv4(InetSocketAddress one, InetSocketAddress other) {
        return one.getAddress() instanceof Inet4Address
                && other.getAddress() instanceof Inet4Address;
    }

    private static byte[] octets(InetAddress address, boolean asIpv4) {
        byte[] octets = address.getAddress();
        if (asIpv4 || octets.length == 16) {
            return octets;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(octets, 0, mapped, 12, 4);
        return mapped;
    }

    /** Without the zone of an address, which means nothing to others. */
    private static String text(InetAddress address, boolean asIpv4) {
        if (asIpv4) {
            return address.getHostAddress();
        }
        byte[] octets = octets(address, false);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < octets.length; i += 2) {
            int group = (octets[i] & 0xff) << 8 | octets[i + 1] & 0xff;
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
        }
        return text.toString();
    }
}
