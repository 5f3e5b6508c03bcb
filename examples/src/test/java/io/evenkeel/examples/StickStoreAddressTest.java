package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.RedisConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --stick-store} takes, and what it makes of an haproxy.cfg. */
class StickStoreAddressTest {
    private static final String HAPROXY =
            """
            global
                localpeer lb1
            peers mesh
                peer lb1 192.0.2.11:10000
                peer lb2 192.0.2.12:10000
            frontend web
                bind 192.0.2.100:80
                default_backend app
            backend app
                stick-table type ip size 1k expire 30m peers mesh
                stick on src
                server one 192.0.2.1:80
                server two two.example:80 resolvers dns
            resolvers dns
                nameserver ns 192.0.2.53:53
            udp-lb names
                dgram-bind 192.0.2.100:53
                server one 192.0.2.53:53
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "redis://192.0.2.9, redis://192.0.2.9:6379/evenkeel, , ",
        "redis://cache.example:7000/web, redis://cache.example:7000/web, , ",
        "rediss://lb:s%40crit@[2001:db8::9], rediss://[2001:db8::9]:6379/evenkeel, lb, s@crit",
        "redis://:secret@192.0.2.9/a:b, redis://192.0.2.9:6379/a:b, , secret",
        "redis://secret@192.0.2.9, redis://192.0.2.9:6379/evenkeel, , secret",
    })
    void anAddressIsWhereAndAsWhom(String text, String where, String user, String password) {
        RedisConfig store = StickStoreAddress.parse(text);
        assertEquals(where, store.toString());
        assertEquals(user, store.user());
        assertEquals(password, store.password());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.9:6379, it is no URL",
        "http://192.0.2.9, write redis://HOST:PORT/PREFIX",
        "redis:///web, write redis://HOST",
        "redis://192.0.2.9/3, the database of number 3 cannot be used",
        "redis://192.0.2.9:70000, redis.port",
    })
    void whatIsNoneIsRefusedWithAReason(String text, String reason) {
        String message =
                String.valueOf(
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> StickStoreAddress.parse(text))
                                .getMessage());
        assertTrue(message.contains(reason), message);
    }

    @Test
    void thePeersOfTheFileExchangeThroughTheStore() throws IOException {
        ConfigFiles files = read(HAPROXY);
        assertEquals(List.of(), files.problems());
        ProxyConfig proxy = Objects.requireNonNull(files.haproxy()).proxy();
        assertEquals(1, proxy.resolvers().size());
        assertEquals(1, proxy.udpFrontends().size());
        PeersConfig peers = proxy.peers().get(0);
        assertEquals(RedisConfig.builder("192.0.2.9", 6379).build(), peers.store());
        assertEquals("lb1", peers.localPeer());
        assertEquals(List.of(), peers.peers());
        assertEquals(List.of(), peers.binds());
    }

    @Test
    void aFileWithoutPeersAndATableThatDoesNotExpireAreProblems() throws IOException {
        String without = HAPROXY.replace("localpeer lb1", "localpeer lb3");
        assertTrue(
                read(without).problems().get(0).contains("no peers section with this node"),
                read(without).problems().toString());
        ConfigFiles forever = read(HAPROXY.replace(" expire 30m", ""));
        assertTrue(
                forever.problems()
                        .get(0)
                        .contains("--stick-store: proxy.stickTable[app].expire: is not set"),
                forever.problems().toString());
    }

    private ConfigFiles read(String haproxy) throws IOException {
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, haproxy);
        return ConfigFiles.read(null, file, "", StickStoreAddress.parse("redis://192.0.2.9"));
    }
}
