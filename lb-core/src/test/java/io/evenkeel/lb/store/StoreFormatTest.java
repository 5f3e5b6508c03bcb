package io.evenkeel.lb.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickServerKey;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.StickUpdate;
import io.evenkeel.lb.StickVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in a store and published, to the letter: nodes of several versions may share one. */
class StoreFormatTest {
    private static final StickKey KEY = StickKey.parse(StickKeyType.ip(), "192.0.2.1");
    private static final StickVersion VERSION = new StickVersion(0x193b5a2c4f0L, "lb1");

    private static StickUpdate update(
            StickUpdate.Kind kind, @Nullable String server, Map<StickDataType, Long> counts) {
        return new StickUpdate(kind, KEY, VERSION, server, counts, 0);
    }

    @Test
    void valuesHaveAVersionAndWhatTheFieldIsAbout() {
        Map<StickUpdate, String> vectors =
                Map.of(
                        update(StickUpdate.Kind.SERVER, "web3", Map.of()),
                        "00000193b5a2c4f0 lb1 web3",
                        update(
                                StickUpdate.Kind.COUNTS,
                                null,
                                Map.of(StickDataType.GPT0, 1L, StickDataType.GPC0, 2L)),
                        "00000193b5a2c4f0 lb1 gpc0=2 gpt0=1",
                        update(StickUpdate.Kind.REMOVAL, null, Map.of()),
                        "00000193b5a2c4f0 lb1");
        vectors.forEach(
                (update, text) -> {
                    assertEquals(text, StoreValue.write(update));
                    StoreField field = StoreField.of(update.kind());
                    assertEquals(update, StoreValue.read(field, KEY, text, 0));
                });
    }

    @Test
    void countsThatANewerVersionKnowsAreLeftOut() {
        String text = "00000193b5a2c4f0 lb1 gpc9=4 gpt0=1 =7";
        assertEquals(
                update(StickUpdate.Kind.COUNTS, null, Map.of(StickDataType.GPT0, 1L)),
                StoreValue.read(StoreField.COUNTS, KEY, text, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER, 00000193b5a2c4f0 lb1",
        "SERVER, 193b5a2c4f0 lb1 web3",
        "SERVER, 00000193b5a2c4fx lb1 web3",
        "COUNTS, 00000193b5a2c4f0 lb1",
        "COUNTS, 00000193b5a2c4f0 lb1 gpt0=one",
        "REMOVAL, 00000193b5a2c4f0 lb1 web3",
        "REMOVAL, x"
    })
    void whatIsNoValueIsRefused(StoreField field, String text) {
        assertThrows(StoreFormatException.class, () -> StoreValue.read(field, KEY, text, 0));
    }

    private static StoreTable table(String name, StickKeyType type, StickServerKey servers) {
        StickTableConfig config =
                StickTableConfig.builder(type, 10)
                        .serverKey(servers)
                        .expire(Duration.ofSeconds(30))
                        .build();
        StickTable table = new StickTable(name, config, 1, new StickNode("lb1", 0));
        return new StoreTable("shop", table, () -> {});
    }

    @ParameterizedTest
    @CsvSource({
        "IP, 4, NAME, 192.0.2.1, shop:app:ip:192.0.2.1",
        "IPV6, 16, NAME, 2001:db8::1, shop:app:ipv6:2001:db8::1",
        "INTEGER, 4, NAME, 443, shop:app:integer:443",
        "STRING, 20, NAME, www.example.org, shop:app:string-20:www.example.org",
        "BINARY, 2, NAME, c0ff, shop:app:binary-2:c0ff",
        "IP, 4, ADDRESS, 192.0.2.1, shop:app:ip-addr:192.0.2.1",
    })
    void entriesAreCalledByTableDefinitionAndKey(
            StickKeyType.Kind kind, int length, StickServerKey servers, String key, String name) {
        StickKeyType type = new StickKeyType(kind, length);
        StoreTable table = table("app", type, servers);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(bytes, table.name(StickKey.parse(type, key)));
        assertEquals(StickKey.parse(type, key), table.key(bytes));
        for (String other : List.of("shop:app", "shop:app2:ip:192.0.2.1", "shop:app:x:1")) {
            assertNull(table.key(other.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Or one could be taken for an entry of the other. */
    @Test
    void aColonInTheNameOfATableIsWrittenOtherwise() {
        StoreTable table = table("app:ip", StickKeyType.ip(), StickServerKey.NAME);
        assertEquals(
                "shop:app%3Aip:ip:192.0.2.1", new String(table.name(KEY), StandardCharsets.UTF_8));
    }

    @Test
    void aTextThatIsNoUtf8ComesBack() {
        StickKeyType type = StickKeyType.string(20);
        StoreTable table = table("app", type, StickServerKey.NAME);
        StickKey key = StickKey.of(type, new byte[] {(byte) 0xff, ' ', 0, (byte) 0xc3});
        StoreMessage.Update update =
                new StoreMessage.Update("f00", StoreField.SERVER, 7, "v", table.name(key));
        StoreMessage.Update read = (StoreMessage.Update) StoreMessage.read(update.toBytes());
        assertEquals(key, table.key(read.name()));
        assertEquals("v", read.value());
    }

    @Test
    void messagesAreWordsAndBytes() {
        StoreMessage.Hello hello = new StoreMessage.Hello("f00", "lb1", Map.of("app", "ip"));
        assertEquals("H f00 lb1 app=ip", new String(hello.toBytes(), StandardCharsets.UTF_8));
        assertEquals(hello, StoreMessage.read(hello.toBytes()));
        byte[] name = "shop:app:ip:192.0.2.1".getBytes(StandardCharsets.UTF_8);
        StoreMessage.Update update =
                new StoreMessage.Update("f00", StoreField.REMOVAL, 600, "00 lb1", name);
        assertEquals(
                "U f00 r 600 6 00 lb1shop:app:ip:192.0.2.1",
                new String(update.toBytes(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H", "H f00", "U", "U f00 r 600 99 short", "U f00 x 1 1 abc"})
    void whatIsNoMessageIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(StoreFormatException.class, () -> StoreMessage.read(bytes));
    }

    @ParameterizedTest
    @CsvSource({"shop:, shop:*", "'a*b?[c]\\:', 'a\\*b\\?\\[c\\]\\\\:*'"})
    void aPrefixIsNoPattern(String prefix, String pattern) {
        assertEquals(pattern, StorePattern.of(prefix));
    }
}
