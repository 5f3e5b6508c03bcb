package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    /** The examples of RFC 5952, and the ends. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,                192.0.2.1",
        "255.255.255.255,          255.255.255.255",
        "::,                       ::",
        "::1,                      ::1",
        "1::,                      1::",
        "2001:DB8:0:0:0:0:0:1,     2001:db8::1",
        "2001:db8:0:1:1:1:1:1,     2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,       2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,     2001:db8::1:0:0:1",
        "fe80:0:0:0:1:2:3:0,       fe80::1:2:3:0",
        "1:2:3:4:5:6:0:0,          1:2:3:4:5:6::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void isWrittenAsPeopleWriteIt(String text, String expected) {
        IpAddress address = Objects.requireNonNull(IpAddress.parse(text));
        assertEquals(expected, address.toString());
        assertEquals(address, IpAddress.of(address.bytes()));
        assertEquals(address, IpAddress.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web", "1.2.3", "10.0.0.0/8", "::/0", "1:2:3", "256.0.0.1"})
    void somethingElseIsNone(String text) {
        assertNull(IpAddress.parse(text));
    }

    @Test
    void hasFourOrSixteenBytes() {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.of(new byte[5]));
    }

    @Test
    void areOrderedByFamilyAndThenByBytes() {
        List<IpAddress> addresses = new ArrayList<>();
        for (String text : List.of("::1", "200.0.0.1", "9.0.0.1", "::")) {
            addresses.add(Objects.requireNonNull(IpAddress.parse(text)));
        }
        addresses.sort(null);
        assertEquals("[9.0.0.1, 200.0.0.1, ::, ::1]", addresses.toString());
    }
}
