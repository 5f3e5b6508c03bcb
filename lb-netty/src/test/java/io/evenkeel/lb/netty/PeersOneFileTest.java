package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy and a real HAProxy that have the same file are peers. */
class PeersOneFileTest {
    @TempDir Path directory;
    private TcpServer one;
    private TcpServer two;
    private int haproxyWeb;
    private HaproxyProcess haproxy;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws Exception {
        one = TcpServer.introducingAt("::1", 0);
        two = TcpServer.introducingAt("::1", 0);
        haproxyWeb = TcpServer.unusedPort();
        String both =
                """
                peers mesh
                    peer h 127.0.0.1:%d
                    peer e 127.0.0.1:%d
                backend app
                    balance roundrobin
                    stick-table type ip size 1k expire 5m peers mesh srvkey addr
                    stick on src
                    server one [::1]:%d
                    server two [0:0::1]:%d
                backend names
                    stick-table type string size 1k peers mesh store gpt0
                backend rates
                    stick-table type ip size 1k expire 5m peers mesh store conn_rate(1h)
                frontend web
                    tcp-request connection track-sc0 src table rates
                    default_backend app
                    bind 127.0.0.1:"""
                        .formatted(
                                TcpServer.unusedPort(),
                                TcpServer.unusedPort(),
                                one.port(),
                                two.port());
        haproxy = HaproxyProcess.start(directory, "h", both + haproxyWeb + "\n");
        String ours =
                """
                global
                    localpeer e
                defaults
                    mode tcp
                    timeout client 10s
                    timeout server 10s
                    timeout connect 2s
                """;
        proxy =
                TcpProxy.builder()
                        .config(
                                HaproxyConfigReader.read(
                                                "haproxy.cfg",
                                                ours + both + TcpServer.unusedPort() + "\n")
                                        .proxy())
                        .eventLoops(1)
                        .drainTimeout(Duration.ZERO)
                        .build();
        proxy.start();
        Await.until("connected", () -> proxy.peers().get(0).connected());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        haproxy.close();
        one.close();
        two.close();
    }

    private static Socket connect(String from, InetSocketAddress to) throws IOException {
        Socket client = new Socket();
        client.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        client.connect(to);
        assertEquals("::1", NamedServers.hello(client));
        return client;
    }

    private InetSocketAddress here() {
        return proxy.boundAddresses("web").get(0);
    }

    private InetSocketAddress there() {
        return new InetSocketAddress("127.0.0.1", haproxyWeb);
    }

    private @Nullable StickRecord entry(String table, String key) {
        StickTable found = proxy.stickTable(table);
        return found.entry(StickKey.parse(found.config().keyType(), key), System.nanoTime());
    }

    private static void awaitLine(HaproxyProcess haproxy, String table, String key, String part)
            throws Exception {
        Await.until(
                table + " has " + key + " " + part,
                () ->
                        haproxy.tell("show table " + table)
                                .lines()
                                .anyMatch(
                                        line ->
                                                line.contains("key=" + key + " ")
                                                        && (line + " ").contains(part + " ")));
    }

    /** HAProxy writes them without brackets, and shorter than its file may. */
    @Test
    void serversGoByTheirIpv6Address() throws Exception {
        for (int i = 2; i < 6; i++) {
            String client = "127.0.0." + i;
            boolean first = i < 4;
            int before = one.accepted();
            connect(client, first ? there() : here()).close();
            int port = one.accepted() > before ? one.port() : two.port();
            awaitLine(haproxy, "app", client, "server_key=::1:" + port);
            Await.until(
                    client + " is known here",
                    () -> {
                        StickRecord record = entry("app", client);
                        return record != null && record.server() != null;
                    });
            before = one.accepted();
            connect(client, first ? here() : there()).close();
            assertEquals(port == one.port(), one.accepted() > before, client);
        }
    }

    @Test
    void textsHaveTheSameRoomWhereTheFileSaysNoLength() throws Exception {
        String longest = "x".repeat(31);
        haproxy.tell("set table names key " + "x".repeat(40) + " data.gpt0 7");
        Await.until("their mark", () -> entry("names", longest) != null);
        StickTable names = proxy.stickTable("names");
        StickKeyBuffer key = names.newKey();
        key.setText("y".repeat(40));
        names.mark(key, 8, System.nanoTime());
        awaitLine(haproxy, "names", "y".repeat(31), "gpt0=8");
    }

    /**
     * While the connections go on, and in a table that holds nothing else. Each takes over what the other has counted, also when they tell each
     * other all that they have, after their first connection and after one that both have opened at once.
     */
    @Test
    void ratesAreKnownOnBoth() throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            long count = i;
            open.add(connect("127.0.0.2", here()));
            Await.until("our rate is " + i, () -> haproxyRate("127.0.0.2") == count);
            open.add(connect("127.0.0.3", there()));
            Await.until(
                    "their rate is " + i,
                    () -> {
                        StickRecord record = entry("rates", "127.0.0.3");
                        return record != null
                                && record.values().getOrDefault(StickDataType.CONN_RATE, -1L)
                                        == count;
                    });
        }
        for (Socket each : open) {
            each.close();
        }
    }

    /** -1 if it has no entry. */
    private long haproxyRate(String client) throws IOException {
        Matcher rate =
                Pattern.compile("key=" + client + " .*conn_rate\\(3600000\\)=(\\d+)")
                        .matcher(haproxy.tell("show table rates"));
        return rate.find() ? Long.parseLong(rate.group(1)) : -1;
    }
}
