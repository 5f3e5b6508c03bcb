package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.ProxyHeaders.TCP4;
import static io.evenkeel.lb.netty.ProxyHeaders.binary;
import static io.evenkeel.lb.netty.ProxyHeaders.bytes;
import static io.evenkeel.lb.netty.ProxyHeaders.join;
import static io.evenkeel.lb.netty.ProxyHeaders.summed;
import static io.evenkeel.lb.netty.ProxyHeaders.text;
import static io.evenkeel.lb.netty.ProxyHeaders.tlv;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.lb.netty.ProxyHeaderParser.Result;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderParserTest {
    private static final long SEED = 20_261_126L;
    private static final byte[] PAYLOAD = text("\r\n\r\nPROXY ");
    private static final String UNIX = "2f".repeat(216);
    private static final String TLS = "01" + "00000000" + tlv(0x21, "544c537631");
    private static final String NOTHING = "";

    private static String address(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " " + address.getPort();
    }

    /** What the bytes are, with the addresses of a header. */
    private static String say(ProxyHeaderParser parser, Result result, byte[] bytes) {
        return switch (result) {
            case MORE -> "more";
            case BAD -> "bad: " + parser.reason();
            case HEADER -> {
                if (!parser.isAddressed()) {
                    yield parser.size() + " own";
                }
                ProxyHeaderAddresses said = parser.addresses(bytes);
                yield parser.size()
                        + " "
                        + address(said.source())
                        + " > "
                        + address(said.destination());
            }
        };
    }

    private static String say(byte[] bytes) {
        ProxyHeaderParser parser = new ProxyHeaderParser();
        return say(parser, parser.parse(bytes, bytes.length), bytes);
    }

    private static String bad(byte[] bytes) {
        String said = say(join(bytes, PAYLOAD));
        assertTrue(said.startsWith("bad: "), said);
        return said.substring(5);
    }

    private static List<byte[]> wellFormed() {
        return List.of(
                text("PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n"),
                text("PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 1 65535\r\n"),
                text("PROXY UNKNOWN\r\n"),
                text("PROXY UNKNOWN " + "f".repeat(91) + "\r\n"),
                binary(0x20, 0x00, NOTHING),
                binary(0x20, 0xff, "ffffff"),
                binary(0x21, 0x00, "0102"),
                binary(0x21, 0x01, NOTHING),
                binary(0x21, 0x10, TCP4),
                binary(0x21, 0x11, TCP4),
                binary(0x21, 0x12, TCP4),
                binary(0x21, 0x31, UNIX + tlv(4, "00")),
                summed(0x21, 0x21, "20010db8" + "00".repeat(28) + "00010002", tlv(0x20, TLS)),
                summed(
                        0x21,
                        0x11,
                        TCP4,
                        tlv(1, "6832") + tlv(2, "612e6578") + tlv(5, "ab") + tlv(0xe5, NOTHING)));
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443, 192.0.2.1 4660 > 198.51.100.2 443",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535,"
                + " 255.255.255.255 65535 > 255.255.255.255 65535",
        "PROXY TCP4 0.0.0.0 0.0.0.0 0 0, 0.0.0.0 0 > 0.0.0.0 0",
        "PROXY TCP6 2001:db8::1 ::1 1 2, 2001:db8:0:0:0:0:0:1 1 > 0:0:0:0:0:0:0:1 2",
        "PROXY TCP6 :: 1:: 1 2, 0:0:0:0:0:0:0:0 1 > 1:0:0:0:0:0:0:0 2",
        "PROXY TCP6 1:2:3:4:5:6:7:8 1:2:3::7:8 1 2, 1:2:3:4:5:6:7:8 1 > 1:2:3:0:0:0:7:8 2",
        "PROXY TCP6 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1 2,"
                + " 1:2:3:4:5:6:7:0 1 > 0:2:3:4:5:6:7:8 2",
        "PROXY TCP6 0001:0DB8::AbcD ::1 1 2, 1:db8:0:0:0:0:0:abcd 1 > 0:0:0:0:0:0:0:1 2",
        "PROXY TCP6 64:ff9b::192.0.2.1 ::1 1 2, 64:ff9b:0:0:0:0:c000:201 1 > 0:0:0:0:0:0:0:1 2",
        "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2, 192.0.2.1 1 > 0:0:0:0:0:0:0:1 2",
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                + " 65535 65535,"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535"
                + " > ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535",
        "PROXY UNKNOWN, own",
        "PROXY UNKNOWN 192.0.2.1 and more, own",
    })
    void aLineOfVersion1(String line, String expected) {
        int size = line.length() + 2;
        assertEquals(size + " " + expected, say(join(text(line + "\r\n"), PAYLOAD)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 01.2.3.4 192.0.2.1 1 2",
                "PROXY TCP4 1.2.3.00 192.0.2.1 1 2",
                "PROXY TCP4 1.2.3 192.0.2.1 1 2",
                "PROXY TCP4 1.2.3.4.5 192.0.2.1 1 2",
                "PROXY TCP4 1.2.3.256 192.0.2.1 1 2",
                "PROXY TCP4 1..3.4 192.0.2.1 1 2",
                "PROXY TCP4 1.2.3.4 192.0.2.1 01 2",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1 00",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1 65536",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1 99999999999999",
                "PROXY TCP4 1.2.3.4 192.0.2.1 -1 2",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1 ",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1 2 ",
                "PROXY TCP4 1.2.3.4 192.0.2.1 1 2 3",
                "PROXY TCP4  1.2.3.4 192.0.2.1 1 2",
                "PROXY TCP4 1.2.3.4\t192.0.2.1 1 2",
                "PROXY TCP4 ::1 ::1 1 2",
                "PROXY TCP4 ",
                "PROXY TCP6 1.2.3.4 192.0.2.1 1 2",
                "PROXY TCP6 12345::1 ::1 1 2",
                "PROXY TCP6 1:2:3:4:5:6:7 ::1 1 2",
                "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 1 2",
                "PROXY TCP6 1:2:3:4:5:6:7:8: ::1 1 2",
                "PROXY TCP6 1:2:3:4:5:6:7:8:: ::1 1 2",
                "PROXY TCP6 1::2::3 ::1 1 2",
                "PROXY TCP6 :1::2 ::1 1 2",
                "PROXY TCP6 1:: : 1 2",
                "PROXY TCP6 1::: ::1 1 2",
                "PROXY TCP6 1: ::1 1 2",
                "PROXY TCP6 g::1 ::1 1 2",
                "PROXY TCP6 fe80::1%eth0 ::1 1 2",
                "PROXY TCP6 1:2:3:4:5:6:7:1.2.3.4 ::1 1 2",
                "PROXY TCP6 ::1.2.3.4:1 ::1 1 2",
                "PROXY TCP6 ::01.2.3.4 ::1 1 2",
            })
    void aLineWithAnAddressOrAPortThatIsNoneIsBad(String line) {
        assertEquals("has an address or a port that is none", bad(text(line + "\r\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY ",
                "PROXY  TCP4 1.2.3.4 1.2.3.4 1 2",
                "PROXY TCP5 1.2.3.4 1.2.3.4 1 2",
                "PROXY TCP4",
                "PROXY TCP",
                "PROXY UDP4 1.2.3.4 1.2.3.4 1 2",
                "PROXY tcp4 1.2.3.4 1.2.3.4 1 2",
                "PROXY UNKNOWNS",
                "PROXY UNKNOW"
            })
    void aLineOfAnotherProtocolIsBad(String line) {
        assertEquals("has a protocol other than TCP4, TCP6 and UNKNOWN", bad(text(line + "\r\n")));
    }

    @Test
    void aLineThatDoesNotEndWithin107BytesIsBadAsSoonAsItIsThatLong() {
        String longest = "PROXY UNKNOWN " + "x".repeat(91);
        assertEquals("107 own", say(text(longest + "\r\n")));
        assertEquals("more", say(text(longest + "x")));
        assertEquals("bad: has no end of line within 107 bytes", say(text(longest + "x\r")));
        assertEquals("bad: has no end of line within 107 bytes", say(text(longest + "x\r\n")));
    }

    @Test
    void onlyCrLfEndsALine() {
        String line = "PROXY TCP4 1.2.3.4 1.2.3.4 1 2";
        assertEquals("bad: ends with a line feed alone", say(text(line + "\n")));
        assertEquals("more", say(text(line + "\r")));
        assertEquals("has an address or a port that is none", bad(text(line + "\r \r\n")));
        assertEquals("20 own", say(text("PROXY UNKNOWN a\rb\n\r\n")));
    }

    @Test
    void headersOfVersion2() {
        assertEquals("16 own", say(binary(0x20, 0x00, NOTHING)));
        assertEquals("17 own", say(binary(0x20, 0x11, "00")));
        assertEquals("28 192.0.2.1 4660 > 198.51.100.2 443", say(binary(0x21, 0x11, TCP4)));
        assertEquals(
                "52 2001:db8:0:0:0:0:0:1 1 > 0:0:0:0:0:0:0:2 65535",
                say(
                        binary(
                                0x21,
                                0x21,
                                "20010db8000000000000000000000001"
                                        + "00000000000000000000000000000002"
                                        + "0001ffff")));
        assertEquals("16 own", say(binary(0x21, 0x00, NOTHING)));
        assertEquals("28 own", say(binary(0x21, 0x12, TCP4)));
        assertEquals("232 own", say(binary(0x21, 0x31, UNIX)));
        // As HAProxy 2.6 sends it for checks with crc32c and ssl.
        assertEquals(
                "31 own",
                say(bytes(ProxyHeaders.SIGNATURE + "2000000f0300048" + "89da1df2000050000000000")));
    }

    @Test
    void whatIsWrongWithAHeaderOfVersion2IsTold() {
        assertEquals("has an unknown command", bad(binary(0x22, 0x11, TCP4)));
        assertEquals(
                "has an unknown version after the signature of version 2",
                bad(binary(0x11, 0x11, TCP4)));
        String family = "has an unknown address family or transport";
        for (int wrong : new int[] {0x41, 0xf1, 0x13, 0x1f}) {
            assertEquals(family, bad(binary(0x21, wrong, TCP4)));
        }
        String small = "is too short for the addresses of its family";
        assertEquals(small, bad(binary(0x21, 0x11, TCP4.substring(2))));
        assertEquals(small, bad(binary(0x21, 0x21, TCP4)));
        assertEquals(small, bad(binary(0x21, 0x31, TCP4)));
        String overrun = "has a type-length-value that is longer than the header";
        for (String wrong : List.of("04", "0400", "040001", "04ffff00", tlv(4, NOTHING) + "01")) {
            assertEquals(overrun, bad(binary(0x21, 0x11, TCP4 + wrong)));
        }
        String sum = "has a wrong checksum (CRC32C)";
        byte[] summed = summed(0x21, 0x11, TCP4, tlv(4, "00"));
        for (int i = 16; i < summed.length; i++) {
            byte[] wrong = summed.clone();
            wrong[i] ^= 1;
            // Byte 28 says that it is a checksum.
            assertTrue(say(wrong).startsWith("bad: ") || i == 28, "byte " + i);
        }
        assertEquals(sum, bad(binary(0x21, 0x11, TCP4 + tlv(3, "00000000"))));
        assertEquals(sum, bad(binary(0x21, 0x11, TCP4 + tlv(3, "0000"))));
        String tls = "has a malformed part about TLS";
        for (String wrong : List.of("01000000", "01000000002100", "0100000000210002aa")) {
            assertEquals(tls, bad(binary(0x21, 0x11, TCP4 + tlv(0x20, wrong))));
        }
        assertEquals(
                "has a unique ID of more than 128 bytes",
                bad(binary(0x21, 0x11, TCP4 + tlv(5, "ab".repeat(129)))));
        assertEquals(
                "has a host name of more than 255 bytes",
                bad(binary(0x21, 0x11, TCP4 + tlv(2, "61".repeat(256)))));
    }

    @Test
    void aLengthThatIsTooMuchIsToldWithTheSixteenthByte() {
        byte[] most = binary(0x20, 0x00, "00".repeat(ProxyHeaderParser.LONGEST - 16));
        assertEquals("16384 own", say(most));
        byte[] more = Arrays.copyOf(binary(0x20, 0x00, "00".repeat(16_369)), 16);
        assertEquals("bad: is longer than 16384 bytes", say(more));
    }

    @Test
    void otherFirstBytesAreToldAtOnce() {
        for (String other :
                List.of("G", "\u0016", "PROXi", "PROXY\t", "\n", "\r\r", "\r\n\r\n\r")) {
            assertEquals("bad: does not begin as one of version 1 or 2", say(text(other)));
        }
    }

    @Test
    void theHostNameThatComesWithIt() {
        byte[] header = binary(0x21, 0x11, TCP4 + tlv(1, "6832") + tlv(2, "612e6578"));
        ProxyHeaderParser parser = new ProxyHeaderParser();
        assertEquals(Result.HEADER, parser.parse(header, header.length));
        assertArrayEquals(text("a.ex"), parser.authority(header));
        ProxyHeaderParser none = new ProxyHeaderParser();
        byte[] plain = binary(0x21, 0x11, TCP4);
        assertEquals(Result.HEADER, none.parse(plain, plain.length));
        assertNull(none.authority(plain));
    }

    @Test
    void splitAtEveryByteItIsTheSameAndWhatFollowsStays() {
        for (byte[] header : wellFormed()) {
            byte[] bytes = join(header, PAYLOAD);
            String expected = say(bytes);
            assertTrue(expected.startsWith(header.length + " "), expected);
            ProxyHeaderParser slow = new ProxyHeaderParser();
            for (int length = 0; length < header.length; length++) {
                assertEquals(Result.MORE, slow.parse(Arrays.copyOf(bytes, length), length));
                ProxyHeaderParser two = new ProxyHeaderParser();
                assertEquals(Result.MORE, two.parse(bytes, length));
                assertEquals(expected, say(two, two.parse(bytes, bytes.length), bytes));
            }
            assertEquals(expected, say(slow, slow.parse(bytes, header.length), bytes));
        }
    }

    /**
     * Damaged headers in random pieces: never an exception, and the same answer as in one piece. The long run: {@code
     * -Devenkeel.fuzz=10000000}.
     */
    @Test
    void damagedOnesAreAnsweredAlikeHoweverTheyAreCut() {
        int count = Integer.getInteger("evenkeel.fuzz", 100_000);
        List<byte[]> seeds = wellFormed();
        Random random = new Random(SEED);
        int headers = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(8) - 3);
            for (int times = random.nextInt(4); times > 0; times--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                String expected = say(bytes);
                ProxyHeaderParser cut = new ProxyHeaderParser();
                Result result = Result.MORE;
                int length = 0;
                while (result == Result.MORE && length < bytes.length) {
                    length = Math.min(bytes.length, length + 1 + random.nextInt(30));
                    result = cut.parse(bytes, length);
                }
                assertEquals(expected, say(cut, result, bytes));
                headers += result == Result.HEADER ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + SEED + ", number " + i, e);
            }
        }
        assertTrue(headers > count / 20 && headers < count - count / 20, headers + " headers");
    }

    /** Text addresses are the JDK's, whatever the generator makes of them. */
    @Test
    void addressesOfVersion1AreThoseOfTheJdk() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            byte[] octets = new byte[16];
            for (int j = random.nextInt(17); j > 0; j--) {
                octets[random.nextInt(16)] = (byte) random.nextInt(256);
            }
            InetAddress address = InetAddress.getByAddress(octets);
            String text = address.getHostAddress();
            String shortened = text.replaceFirst("(^|:)0(:0)+(:|$)", "::");
            for (String written : List.of(text, shortened)) {
                byte[] line = text("PROXY TCP6 " + written + " ::1 1 2\r\n");
                if (text.indexOf(':') >= 0) {
                    assertEquals(
                            line.length + " " + text + " 1 > 0:0:0:0:0:0:0:1 2",
                            say(line),
                            "seed " + SEED + ", number " + i);
                }
            }
        }
    }
}
