package io.evenkeel.lb.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickRate;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What two real HAProxy 2.6 have told each other is understood. */
class CapturedTest {
    private static final long SECOND = 1_000_000_000L;

    /** What one side has sent on one connection. */
    private static byte[] captured(int connection, String direction) throws Exception {
        StringBuilder hex = new StringBuilder();
        try (InputStream in = CapturedTest.class.getResourceAsStream("captured.txt")) {
            assertNotNull(in);
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith(connection + " " + direction + " ")) {
                    hex.append(line.substring(line.lastIndexOf(' ') + 1));
                }
            }
        }
        return HexFormat.of().parseHex(hex);
    }

    private final List<String> events = new ArrayList<>();

    private final PeerListener listener =
            new PeerListener() {
                @Override
                public void onConnected(String group, String peer) {
                    events.add(peer + " connected");
                }

                @Override
                public void onAway(String group, String peer, String cause) {
                    events.add(peer + " away: " + cause);
                }

                @Override
                public void onComplaint(String group, String complaint) {
                    events.add(complaint);
                }
            };

    private static StickTable table(
            String name, StickKeyType type, int expire, StickDataType... types) {
        StickTableConfig.Builder config =
                StickTableConfig.builder(type, 1024).expire(Duration.ofSeconds(expire));
        for (StickDataType each : types) {
            if (each.isRate()) {
                config.store(each, Duration.ofSeconds(each == StickDataType.GPC0_RATE ? 5 : 10));
            } else {
                config.store(each);
            }
        }
        return new StickTable(name, config.build(), 1, new StickNode("here", 0));
    }

    private static final class Tables {
        final StickTable app = table("app", StickKeyType.ip(), 30);
        final StickTable counts =
                table(
                        "counts",
                        StickKeyType.ipv6(),
                        60,
                        StickDataType.GPT0,
                        StickDataType.GPC0,
                        StickDataType.GPC0_RATE,
                        StickDataType.CONN_CNT,
                        StickDataType.CONN_RATE,
                        StickDataType.CONN_CUR,
                        StickDataType.SESS_CNT,
                        StickDataType.BYTES_IN_CNT,
                        StickDataType.BYTES_OUT_CNT);
        final StickTable names = table("names", StickKeyType.string(20), 60, StickDataType.GPT0);
        final StickTable numbers = table("numbers", StickKeyType.integer(), 0, StickDataType.GPC0);

        List<StickTable> all() {
            return List.of(app, counts, names, numbers);
        }
    }

    private PeerGroup group(String local, String remote, Tables tables) {
        PeersConfig config =
                PeersConfig.builder("mesh", local).peer(remote, "192.0.2.1", 1024).build();
        return new PeerGroup(config, tables.all(), 4711, 1, listener, () -> {}, 0);
    }

    private static byte[] sent(PeerSession session, long now) {
        ByteBuffer out = ByteBuffer.allocate(4096);
        session.send(out, now);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static Map<String, String> servers(StickTable table, long now) {
        Map<String, String> servers = new TreeMap<>();
        for (StickRecord record : table.entries(now)) {
            servers.put(record.key().toString(), String.valueOf(record.server()));
        }
        return servers;
    }

    private static StickRecord entry(StickTable table, String key, long now) {
        StickRecord record = table.entry(StickKey.parse(table.config().keyType(), key), now);
        assertNotNull(record, key);
        return record;
    }

    @Test
    void whatAHaproxyThatHasConnectedTellsIsInTheTables() throws Exception {
        Tables tables = new Tables();
        PeerGroup group = group("B", "A", tables);
        PeerSession session = group.accept("127.0.0.1", 0);
        assertNotNull(session);
        session.receive(ByteBuffer.wrap(captured(1, "A>B")), 0);
        assertEquals(List.of("A connected"), events);
        assertEquals(
                Map.of("127.0.0.2", "one", "127.0.0.3", "two", "127.0.0.4", "one"),
                servers(tables.app, 0));
        StickRecord counts = entry(tables.counts, "2001:db8::1", 0);
        assertEquals(
                Map.of(
                        StickDataType.GPT0, 7L,
                        StickDataType.GPC0, 300L,
                        StickDataType.GPC0_RATE, 12L,
                        StickDataType.CONN_CNT, 5000L,
                        StickDataType.CONN_RATE, 34L,
                        StickDataType.CONN_CUR, 0L,
                        StickDataType.SESS_CNT, 70_000L,
                        StickDataType.BYTES_IN_CNT, 5_000_000_000L,
                        StickDataType.BYTES_OUT_CNT, 4_328_786_160L),
                counts.values());
        assertEquals(new StickRate(0, 34, 0), counts.rates().get(StickDataType.CONN_RATE));
        for (long[] each : new long[][] {{9, 34}, {10, 34}, {15, 17}, {20, 0}}) {
            assertEquals(
                    each[1],
                    entry(tables.counts, "2001:db8::1", each[0] * SECOND)
                            .values()
                            .get(StickDataType.CONN_RATE),
                    each[0] + " s later, as on HAProxy");
        }
        assertEquals(7L, entry(tables.names, "hello", 0).values().get(StickDataType.GPT0));
        assertEquals(8L, entry(tables.names, "world", 0).values().get(StickDataType.GPT0));
        assertEquals(240L, entry(tables.numbers, "4000000000", 0).values().get(StickDataType.GPC0));
        assertEquals(0, tables.app.entries(30 * SECOND).size(), "all have expired");
    }

    @Test
    void whatAHaproxyTeachesKeepsItsAge() throws Exception {
        Tables tables = new Tables();
        PeerGroup group = group("A", "B", tables);
        PeerSession session = group.connect(group.config().peers().get(0), 0);
        assertEquals(
                "HAProxyS 2.1\nB\nA 4711 0\n",
                new String(sent(session, 0), StandardCharsets.UTF_8));
        byte[] told = captured(2, "B>A");
        for (byte each : told) {
            session.receive(ByteBuffer.wrap(new byte[] {each}), 0);
        }
        assertEquals(
                Map.of("127.0.0.9", "one", "127.0.0.10", "two", "127.0.0.11", "one"),
                servers(tables.app, 0));
        assertEquals(1L, entry(tables.numbers, "7", 0).values().get(StickDataType.GPC0));
        assertEquals(2L, entry(tables.numbers, "8", 0).values().get(StickDataType.GPC0));
        assertEquals(List.of("B connected"), events);
    }

    @Test
    void severalEntriesInARowAreNumberedAndConfirmed() throws Exception {
        Tables tables = new Tables();
        PeerGroup group = group("B", "A", tables);
        PeerSession session = group.accept("127.0.0.1", 0);
        assertNotNull(session);
        session.receive(ByteBuffer.wrap(captured(2, "A>B")), 0);
        assertEquals(3L, entry(tables.names, "k3", 0).values().get(StickDataType.GPT0));
        String answer = HexFormat.of().formatHex(sent(session, 0));
        String status = HexFormat.of().formatHex("200\n".getBytes(StandardCharsets.UTF_8));
        // A request to be taught, a confirmation of that, then the last change of table 3 as A
        // calls it.
        assertEquals(status + "0000" + "0003" + "0a84050300000003", answer.substring(0, 32));
    }

    @Test
    void aDefinitionIsWrittenAsItWasRead() {
        List<String> definitions =
                List.of(
                        "0a820d04076e756d6265727302040400",
                        "0a820d03056e616d6573061503f0971c",
                        "0a822c0206636f756e74730510fef0fb04f0971c03f8a90105f0e20308f0e2030af8ac000e"
                                + "f0971c10f0971c12f06e",
                        "0a820e01036170700404f1f1fe00f0c40d",
                        "0a8219050562797465730706f0f1fe6ef0971c160217031802f0e203");
        for (String definition : definitions) {
            String even =
                    definition.length() % 2 == 0
                            ? definition
                            : definition.substring(0, definition.length() - 1);
            byte[] bytes = HexFormat.of().parseHex(even);
            PeerWriter out = new PeerWriter();
            PeerDefinition.read(new PeerReader(bytes, 3, bytes.length)).write(out);
            assertArrayEquals(bytes, out.toBytes(), definition);
        }
    }

    @Test
    void numbersAreWrittenAsTheSpecificationSays() {
        Map<Long, String> examples = new TreeMap<>();
        examples.put(0L, "00");
        examples.put(239L, "ef");
        examples.put(240L, "f000");
        examples.put(0x1234L, "f49401");
        examples.put(2287L, "ff7f");
        examples.put(2288L, "f08000");
        examples.put(70_000L, "f08821");
        examples.put(5_000_000_000L, "f091bd809400");
        examples.put(4_328_786_160L, "f08080808000");
        examples.forEach(
                (number, hex) -> {
                    PeerWriter out = new PeerWriter().number(number);
                    assertEquals(hex, HexFormat.of().formatHex(out.toBytes()), number.toString());
                });
        Stream.iterate(1L, n -> n != 0, n -> n << 1)
                .flatMap(n -> Stream.of(n - 1, n, n + 1, -n))
                .forEach(
                        number -> {
                            byte[] bytes = new PeerWriter().number(number).toBytes();
                            PeerReader in = new PeerReader(bytes, 0, bytes.length);
                            assertEquals(number, in.number());
                            assertEquals(0, in.remaining());
                        });
    }
}
