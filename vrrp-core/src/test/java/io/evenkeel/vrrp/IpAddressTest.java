package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.0.0.0,             0.0.0.0",
        "192.0.2.10,          192.0.2.10",
        "255.255.255.255,     255.255.255.255",
        "::,                  ::",
        "::1,                 ::1",
        "1::,                 1::",
        "fe80::1,             fe80::1",
        "FE80::00AB,          fe80::ab",
        "2001:db8::10,        2001:db8::10",
        "1:2:3:4:5:6:7:8,     1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::,     1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8,     0:2:3:4:5:6:7:8",
        "1:0:0:2:0:0:0:3,     1:0:0:2::3",
        "1:0:0:2:3:0:0:4,     1::2:3:0:0:4",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "::ffff:192.0.2.1,    ::ffff:c000:201",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    })
    void aLiteralIsReadAndWrittenInItsCanonicalForm(String text, String canonical) {
        // RFC 4291, section 2.2, and RFC 5952.
        assertEquals(canonical, IpAddress.parse(text).toString());
        assertEquals(IpAddress.parse(text), IpAddress.parse(canonical));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":",
                ":::",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.04",
                "1..2.3",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4/24",
                "a.b.c.d",
                "localhost",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                ":1",
                "1:",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "\u0661.2.3.4",
                "99999999999.1.1.1"
            })
    void whatIsNoLiteralIsRefusedInASentence(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
        assertTrue(refused.getMessage().contains("is no IP address"), refused.getMessage());
    }

    @Test
    void everyAddressComesBackFromItsTextAndItsBytesAreNetworkOrder() throws UnknownHostException {
        long seed = 5952;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            // Sparse bits, so that runs of zeros are common.
            long high = random.nextLong() & random.nextLong() & random.nextLong();
            long low = random.nextLong() & random.nextLong() & random.nextLong();
            IpAddress ipv6 = IpAddress.ofIpv6(high, low);
            IpAddress ipv4 = IpAddress.ofIpv4((int) low);
            String what = "seed " + seed + ", round " + i;
            assertEquals(ipv6, IpAddress.parse(ipv6.toString()), what);
            assertEquals(ipv4, IpAddress.parse(ipv4.toString()), what);
            byte[] bytes = ipv4.toBytes();
            assertEquals(InetAddress.getByAddress(bytes).getHostAddress(), ipv4.toString(), what);
            assertArrayEquals(bytes, InetAddress.getByName(ipv4.toString()).getAddress(), what);
        }
    }

    @Test
    void addressesCompareUnsignedInNetworkOrder() {
        // RFC 9568, section 6.4.3: the tie-break.
        assertTrue(IpAddress.parse("200.0.0.1").compareTo(IpAddress.parse("100.0.0.1")) > 0);
        assertTrue(IpAddress.parse("fe80::ff").compareTo(IpAddress.parse("fe80::1")) > 0);
        assertTrue(IpAddress.parse("fe80::1").compareTo(IpAddress.parse("2001:db8::1")) > 0);
        assertTrue(
                IpAddress.parse("fe80::8000:0:0:1").compareTo(IpAddress.parse("fe80::1:0:0:1"))
                        > 0);
        assertTrue(IpAddress.parse("255.0.0.0").compareTo(IpAddress.parse("::")) < 0);
    }

    @Test
    void equalityTellsTheFamilies() {
        assertNotEquals(IpAddress.parse("0.0.0.0"), IpAddress.parse("::"));
        assertEquals(IpAddress.parse("::1").hashCode(), IpAddress.ofIpv6(0, 1).hashCode());
        assertThrows(IllegalStateException.class, () -> IpAddress.parse("::1").ipv4Bits());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "224.0.0.18, true",
        "239.255.255.255, true",
        "240.0.0.0, false",
        "223.255.255.255, false",
        "ff02::12, true",
        "fe80::1, false",
    })
    void multicastIsKnown(String address, boolean multicast) {
        assertEquals(multicast, IpAddress.parse(address).isMulticast());
        assertFalse(IpAddress.parse(address).isUnspecified());
    }
}
