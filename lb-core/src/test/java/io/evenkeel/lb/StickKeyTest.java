package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys are made of, and how people write them. */
class StickKeyTest {
    @ParameterizedTest
    @CsvSource({
        "ip, 192.0.2.1, c0000201, 192.0.2.1",
        "ip, ::ffff:192.0.2.1, c0000201, 192.0.2.1",
        "ipv6, 192.0.2.1, 00000000000000000000ffffc0000201, ::ffff:192.0.2.1",
        "ipv6, 2001:DB8:0:0:1:0:0:0, 20010db8000000000001000000000000, 2001:db8:0:0:1::",
        "ipv6, ::1, 00000000000000000000000000000001, ::1",
        "ipv6, ::, 00000000000000000000000000000000, ::",
        "ipv6, 2001:db8::1:0:0:1, 20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "ipv6, fe80::192.0.2.1, fe8000000000000000000000c0000201, fe80::c000:201",
        "ipv6, 1:2:3:4:5:6:7:8, 00010002000300040005000600070008, 1:2:3:4:5:6:7:8",
        "integer, 443, 000001bb, 443",
        "integer, 4294967295, ffffffff, 4294967295",
        "string, example.net, 6578616d706c652e6e6574, example.net",
        "string, a.much.longer.name, 612e6d7563682e6c6f6e676572, a.much.longer",
        "string, ü, c3bc, ü",
        "binary, 0a0b, 0a0b0000, 0a0b0000",
        "binary, 0102030405, 01020304, 01020304"
    })
    void peopleWriteKeysSo(String type, String text, String bytes, String written) {
        StickKey key = StickKey.parse(type(type), text);
        assertEquals(bytes, HexFormat.of().formatHex(key.toBytes()));
        assertEquals(written, key.toString());
        assertEquals(key, StickKey.of(type(type), key.toBytes()));
        assertEquals(key, StickKey.parse(type(type), written));
    }

    @ParameterizedTest
    @CsvSource({
        "ip, 2001:db8::1",
        "ip, 192.0.2",
        "ip, 192.0.2.256",
        "ip, 192.0.2.01",
        "ip, ''",
        "ipv6, 1:2:3:4:5:6:7",
        "ipv6, 1:2:3:4:5:6:7:8:9",
        "ipv6, 1::2::3",
        "ipv6, 1:2:3:4::5:6:7:8",
        "ipv6, ::12345",
        "ipv6, 192.0.2.1::",
        "ipv6, ::1:2:3:4:5:6:192.0.2.1",
        "integer, 4294967296",
        "integer, -1",
        "integer, x",
        "string, ''",
        "binary, 0",
        "binary, xx",
        "binary, ''"
    })
    void whatIsNoKeyIsRefused(String type, String text) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class, () -> StickKey.parse(type(type), text));
        assertEquals("'" + text + "' is no key of type " + type(type), refused.getMessage());
    }

    @Test
    void everyAddressIsReadAsItIsWritten() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            byte[] address = new byte[random.nextBoolean() ? 16 : 4];
            for (int i = 0; i < address.length; i++) {
                address[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
            }
            StickKeyType type = address.length == 4 ? StickKeyType.ip() : StickKeyType.ipv6();
            StickKey key = StickKey.of(type, address);
            assertArrayEquals(
                    address, StickKey.parse(type, key.toString()).toBytes(), "seed " + seed);
        }
    }

    @Test
    void anAddressFillsWhatIsMadeOfAddresses() {
        byte[] four = {(byte) 192, 0, 2, 1};
        byte[] six = StickKey.parse(StickKeyType.ipv6(), "2001:db8::1").toBytes();
        assertTrue(new StickKeyBuffer(StickKeyType.ip()).setAddress(four));
        assertFalse(new StickKeyBuffer(StickKeyType.ip()).setAddress(six));
        assertTrue(new StickKeyBuffer(StickKeyType.ipv6()).setAddress(six));
        assertTrue(new StickKeyBuffer(StickKeyType.binary(16)).setAddress(four));
        assertFalse(new StickKeyBuffer(StickKeyType.string(16)).setAddress(four));
        assertFalse(new StickKeyBuffer(StickKeyType.integer()).setAddress(four));
        StickKeyBuffer buffer = new StickKeyBuffer(StickKeyType.ipv6());
        buffer.setAddress(six);
        buffer.setAddress(four);
        assertEquals("::ffff:192.0.2.1", buffer.toString());
        assertThrows(IllegalArgumentException.class, () -> buffer.setAddress(new byte[5]));
    }

    @Test
    void aNumberFillsNumbersTextAndBytes() {
        StickKeyBuffer number = new StickKeyBuffer(StickKeyType.integer());
        assertTrue(number.setInteger(-1));
        assertEquals("4294967295", number.toString());
        StickKeyBuffer text = new StickKeyBuffer(StickKeyType.string(8));
        assertTrue(text.setInteger(0));
        assertEquals("0", text.toString());
        assertTrue(text.setInteger(-1));
        assertEquals("42949672", text.toString());
        StickKeyBuffer bytes = new StickKeyBuffer(StickKeyType.binary(6));
        assertTrue(bytes.setInteger(443));
        assertEquals("000001bb0000", bytes.toString());
        assertFalse(new StickKeyBuffer(StickKeyType.binary(3)).setInteger(1));
        assertFalse(new StickKeyBuffer(StickKeyType.ip()).setInteger(1));
    }

    @Test
    void whatIsLeftOfALongerKeyDoesNotCount() {
        StickKeyBuffer text = new StickKeyBuffer(StickKeyType.string(32));
        StickKeyBuffer bytes = new StickKeyBuffer(StickKeyType.binary(4));
        for (String value : new String[] {"long.example", "a"}) {
            text.setText(value);
            bytes.setBytes(value.getBytes(StandardCharsets.UTF_8), 0, value.length());
        }
        assertEquals("a", text.toString());
        assertEquals("61000000", bytes.toString());
        assertFalse(new StickKeyBuffer(StickKeyType.ip()).setText("192.0.2.1"));
        assertFalse(text.setText(""));
        assertFalse(text.setBytes(new byte[0], 0, 0));
    }

    @Test
    void anEmptyBufferAndAnotherTypeAreRefused() {
        StickKeyBuffer buffer = new StickKeyBuffer(StickKeyType.ip());
        assertEquals("no key", buffer.toString());
        assertThrows(IllegalStateException.class, buffer::toKey);
        StickKey other = StickKey.parse(StickKeyType.integer(), "1");
        assertThrows(IllegalArgumentException.class, () -> buffer.setKey(other));
        assertThrows(
                IllegalArgumentException.class, () -> StickKey.of(StickKeyType.ip(), new byte[5]));
        StickTable table =
                new StickTable("t", StickTableConfig.builder(StickKeyType.ip(), 1).build(), 0);
        assertThrows(IllegalArgumentException.class, () -> table.match(buffer, 0));
        assertThrows(IllegalArgumentException.class, () -> table.remove(other, 0));
    }

    @Test
    void keysAreValues() {
        StickKey key = StickKey.parse(StickKeyType.ip(), "0.0.0.1");
        StickKey number = StickKey.parse(StickKeyType.integer(), "1");
        assertEquals(key, StickKey.parse(StickKeyType.ip(), "0.0.0.1"));
        assertEquals(key.hashCode(), StickKey.parse(StickKeyType.ip(), "0.0.0.1").hashCode());
        assertNotEquals(key, number);
        assertNotEquals(key, "0.0.0.1");
        StickKeyBuffer buffer = new StickKeyBuffer(StickKeyType.ip());
        buffer.setKey(key);
        assertEquals(key, buffer.toKey());
    }

    private static StickKeyType type(String name) {
        return switch (name) {
            case "ip" -> StickKeyType.ip();
            case "ipv6" -> StickKeyType.ipv6();
            case "integer" -> StickKeyType.integer();
            case "string" -> StickKeyType.string(13);
            default -> StickKeyType.binary(4);
        };
    }
}
