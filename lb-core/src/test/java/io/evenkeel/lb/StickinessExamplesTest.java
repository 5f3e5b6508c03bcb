package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The examples of the document about stickiness are taken from here, and do what it says. */
class StickinessExamplesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "stickiness.md");
    private static final Path SOURCE =
            Path.of("src/test/java/io/evenkeel/lb/StickinessExamplesTest.java");

    @Test
    void configuration() throws IOException {
        // example
        BackendConfig app =
                BackendConfig.builder("app")
                        .balance(Balance.leastConnections())
                        .connectTimeout(Duration.ofSeconds(5))
                        .serverTimeout(Duration.ofMinutes(1))
                        .stickTable(
                                StickTableConfig.builder(StickKeyType.ipv6(), 102_400)
                                        .expire(Duration.ofMinutes(30))
                                        .build())
                        .stickiness(Stickiness.on(StickKeySource.SOURCE))
                        .server(ServerConfig.builder("a", "192.0.2.1", 80).build())
                        .server(ServerConfig.builder("b", "192.0.2.2", 80).build())
                        .build();
        // end
        String file = blocks("haproxy").get(0);
        BackendConfig read = HaproxyConfigReader.read("haproxy.cfg", file).proxy().backend("app");
        assertEquals(app, read, "the file says the same");
    }

    @Test
    void limit() {
        long seed = 1;
        long now = 0;
        byte[] address = {(byte) 192, 0, 2, 1};
        // example
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.ipv6(), 100_000)
                        .expire(Duration.ofMinutes(10))
                        .store(StickDataType.SESS_RATE, Duration.ofSeconds(10))
                        .build();
        StickTable clients = new StickTable("clients", config, seed);
        SourceLimit limit = new SourceLimit(clients, 100, 50); // at a time, in 10 s

        StickKeyBuffer key = clients.newKey(); // one for each thread
        key.setAddress(address);
        TrackedEntry admitted = limit.admit(key, now); // null: too much
        // end
        assertTrue(Objects.requireNonNull(admitted).isCounted());
    }

    @Test
    void entries() {
        StickTable table =
                new StickTable("app", StickTableConfig.builder(StickKeyType.ip(), 9).build(), 1);
        StickKeyBuffer key = table.newKey();
        key.setAddress(new byte[] {(byte) 192, 0, 2, 1});
        table.store(key, "a", 0);
        long now = 1;
        List<String> lines = new ArrayList<>();
        // example
        for (StickRecord record : table.entries(now)) {
            lines.add(record.key() + " is on " + record.server());
        }
        table.remove(StickKey.parse(table.config().keyType(), "192.0.2.1"), now);
        table.removeAll("a", now); // every client of a server
        // end
        assertEquals(List.of("192.0.2.1 is on a"), lines);
        assertNull(table.match(key, now));
    }

    @Test
    void peers() throws IOException {
        // example
        PeersConfig mesh =
                PeersConfig.builder("mesh", "lb1")
                        .bind(new BindAddress("192.0.2.11", 10_000))
                        .peer("lb2", "192.0.2.12", 10_000)
                        .build();
        // end
        String file = blocks("haproxy").get(1);
        ProxyConfig read = HaproxyConfigReader.read("haproxy.cfg", file).proxy();
        assertEquals(List.of(mesh), read.peers(), "the file says the same");
    }

    @Test
    void store() {
        String password = "secret";
        // example
        RedisConfig redis =
                RedisConfig.builder("192.0.2.9", 6379)
                        .user("lb") // if it wants some
                        .password(password)
                        .tls(true) // verified by what the JVM trusts, or caFile(...)
                        .prefix("shop") // evenkeel if not set
                        .build();
        PeersConfig mesh = PeersConfig.builder("mesh", "lb1").store(redis).build();
        // end
        assertEquals("rediss://192.0.2.9:6379/shop", String.valueOf(mesh.store()));
    }

    @Test
    void replication() {
        StickTableConfig config = StickTableConfig.builder(StickKeyType.ip(), 9).build();
        StickTable here = new StickTable("app", config, 1, new StickNode("lb1", 0));
        StickTable there = new StickTable("app", config, 2, new StickNode("lb2", 0));
        List<StickUpdate> network = new ArrayList<>();
        long now = 0;
        StickKeyBuffer key = here.newKey();
        key.setAddress(new byte[] {(byte) 192, 0, 2, 1});
        // example
        here.replication().addListener((table, update, at) -> network.add(update));
        // on the other node, for each that arrives
        network.forEach(update -> there.replication().apply(update, now));
        // when a connection to the other node is made, for what it has missed
        here.replication().snapshot(network::add, now);
        // end
        here.store(key, "a", now);
        network.forEach(update -> there.replication().apply(update, now));
        assertEquals("a", there.match(key, now));
    }

    @Test
    void theDocumentHasTheseExamples() throws IOException {
        List<String> examples = new ArrayList<>();
        String source = Files.readString(SOURCE);
        for (int at = source.indexOf("        // example\n"); at >= 0; ) {
            int start = source.indexOf('\n', at) + 1;
            String indented = source.substring(start, source.indexOf("        // end\n", start));
            examples.add(indented.stripTrailing().stripIndent());
            at = source.indexOf("        // example\n", start);
        }
        assertEquals(String.join("\n\n", examples), String.join("\n\n", blocks("java")));
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        String document = Files.readString(DOCUMENT);
        String opening = "```" + language + "\n";
        for (int at = document.indexOf(opening); at >= 0; ) {
            int start = at + opening.length();
            int end = document.indexOf("```", start);
            blocks.add(document.substring(start, end).strip());
            at = document.indexOf(opening, end);
        }
        return blocks;
    }
}
