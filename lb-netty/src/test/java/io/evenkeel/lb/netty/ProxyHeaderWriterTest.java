package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.ProxyHeaders.SIGNATURE;
import static io.evenkeel.lb.netty.ProxyHeaders.TCP4;
import static io.evenkeel.lb.netty.ProxyHeaders.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ProxyHeader.Option;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProxyHeaderWriterTest {
    private static final InetSocketAddress IPV4 = new InetSocketAddress("192.0.2.1", 0x1234);
    private static final InetSocketAddress OTHER_IPV4 = new InetSocketAddress("198.51.100.2", 443);
    private static final InetSocketAddress IPV6 = new InetSocketAddress("2001:db8::a", 65_535);

    private static byte[] written(ByteBuffer buffer) {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] proxied(
            ProxyHeader header, InetSocketAddress from, InetSocketAddress to, byte[] authority) {
        ByteBuffer buffer = ByteBuffer.allocate(ProxyHeaderWriter.LONGEST);
        ProxyHeaderWriter.writeProxied(header, from, to, authority, null, buffer);
        return written(buffer);
    }

    private static byte[] local(ProxyHeader header) {
        ByteBuffer buffer = ByteBuffer.allocate(ProxyHeaderWriter.LONGEST);
        ProxyHeaderWriter.writeLocal(header, IPV4, OTHER_IPV4, buffer);
        return written(buffer);
    }

    private static void assertLine(String expected, byte[] bytes) {
        assertEquals(expected + "\r\n", new String(bytes, StandardCharsets.US_ASCII));
    }

    private static void assertBinary(String expected, byte[] bytes) {
        assertEquals(SIGNATURE + expected.replace(" ", ""), HexFormat.of().formatHex(bytes));
    }

    @Test
    void version1() {
        ProxyHeader header = ProxyHeader.v1();
        assertLine(
                "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443",
                proxied(header, IPV4, OTHER_IPV4, null));
        assertLine(
                "PROXY TCP6 2001:db8:0:0:0:0:0:a 0:0:0:0:0:ffff:c000:201 65535 4660",
                proxied(header, IPV6, IPV4, null));
        assertLine("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443", local(header));
    }

    /** The checks' headers are byte by byte those of HAProxy 2.6. */
    @Test
    void version2() {
        ProxyHeader header = ProxyHeader.v2();
        assertBinary("21 11 000c" + TCP4, proxied(header, IPV4, OTHER_IPV4, text("a")));
        String ipv6 = "20010db800000000000000000000000a";
        String mapped = "00000000000000000000ffffc0000201";
        assertBinary("21 21 0024" + ipv6 + mapped + "ffff1234", proxied(header, IPV6, IPV4, null));
        assertBinary("21 21 0024" + mapped + ipv6 + "1234ffff", proxied(header, IPV4, IPV6, null));
        assertBinary("20 00 0000", local(header));
        assertBinary("20 00 0008 20 0005 00 00000000", local(ProxyHeader.v2(Option.SSL)));
        assertBinary(
                "20 00 000f 03 0004 889da1df 20 0005 00 00000000",
                local(ProxyHeader.v2(Option.SSL, Option.CRC32C)));
    }

    @Test
    void theNameThatTheClientAskedFor() {
        ProxyHeader header = ProxyHeader.v2(Option.AUTHORITY);
        assertBinary("21 11 000c" + TCP4, proxied(header, IPV4, OTHER_IPV4, null));
        assertBinary(
                "21 11 0012" + TCP4 + "02 0003 612e62",
                proxied(header, IPV4, OTHER_IPV4, text("a.b")));
        assertBinary("21 11 000c" + TCP4, proxied(header, IPV4, OTHER_IPV4, new byte[256]));
    }

    @Test
    void theParserReadsWhatIsWritten() {
        ProxyHeader header = ProxyHeader.v2(Option.values());
        for (InetSocketAddress from : new InetSocketAddress[] {IPV4, IPV6}) {
            byte[] bytes = proxied(header, from, OTHER_IPV4, text("www.example.com"));
            ProxyHeaderParser parser = new ProxyHeaderParser();
            assertEquals(
                    ProxyHeaderParser.Result.HEADER,
                    parser.parse(bytes, bytes.length),
                    parser.reason());
            assertEquals(new ProxyHeaderAddresses(from, OTHER_IPV4), parser.addresses(bytes));
            byte[] line = proxied(ProxyHeader.v1(), from, OTHER_IPV4, null);
            ProxyHeaderParser second = new ProxyHeaderParser();
            assertEquals(ProxyHeaderParser.Result.HEADER, second.parse(line, line.length));
            assertEquals(new ProxyHeaderAddresses(from, OTHER_IPV4), second.addresses(line));
        }
    }
}
