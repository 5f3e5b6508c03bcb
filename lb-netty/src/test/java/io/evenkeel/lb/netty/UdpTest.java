package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.Hash64;
import io.evenkeel.lb.Observation;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams through the proxy to servers and back. */
class UdpTest {
    /** Over IPv4 no datagram is longer than 65,507 bytes; an empty one is a datagram too. */
    @ParameterizedTest
    @EnumSource
    void datagramsOfEveryLengthComeBackUnchanged(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo();
                UdpFixture proxy = UdpFixture.start(transport, server.port());
                UdpClient client = proxy.client()) {
            Random random = new Random(1);
            for (int length : new int[] {1, 512, 1472, 1473, 9000, 65_506, 65_507, 7}) {
                byte[] datagram = new byte[length];
                random.nextBytes(datagram);
                client.send(datagram);
                assertArrayEquals(datagram, client.receive(), length + " bytes");
            }
            proxy.awaitBalance();
            UdpSnapshot counted = proxy.counted();
            assertEquals(8, counted.fromClients());
            assertEquals(8, counted.toServers());
            assertEquals(8, counted.fromServers());
            assertEquals(8, counted.toClients());
            assertEquals(1, counted.openedSessions());
            assertEquals(1, counted.activeSessions());
        }
    }

    /** The JDK cannot send an empty datagram from a connected socket, so NIO drops one from a client; the answer it can send. */
    @ParameterizedTest
    @EnumSource
    void emptyDatagramsAreDatagrams(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.start(datagram -> List.of(new byte[0], datagram));
                UdpFixture proxy = UdpFixture.start(transport, server.port());
                UdpClient client = proxy.client()) {
            client.send(new byte[0]);
            client.send(new byte[0]);
            if (transport != Transport.NIO) {
                for (int i = 0; i < 4; i++) {
                    assertEquals(0, client.receive().length);
                }
            } else {
                Await.until("two dropped", () -> proxy.dropped(DatagramDrop.ERROR) == 2);
            }
            client.send("x");
            assertEquals(0, client.receive().length);
            assertEquals("x", new String(client.receive()));
            proxy.awaitBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientKeepsItsServerAndOthersGoToTheNext(Transport transport) throws Exception {
        try (UdpServer one = UdpServer.named("one");
                UdpServer two = UdpServer.named("two");
                UdpFixture proxy = UdpFixture.start(transport, one.port(), two.port());
                UdpClient first = proxy.client();
                UdpClient second = proxy.client()) {
            String its = first.ask("?");
            assertNotEquals(its, second.ask("?"));
            for (int i = 0; i < 5; i++) {
                assertEquals(its, first.ask("?"));
            }
            assertEquals(2, proxy.counted().activeSessions());
        }
    }

    /** What others send to the socket towards the server is dropped by the kernel. */
    @ParameterizedTest
    @EnumSource
    void onlyTheServerIsHeard(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo();
                UdpFixture proxy = UdpFixture.start(transport, server.port());
                UdpClient client = proxy.client();
                DatagramSocket stranger = new DatagramSocket()) {
            assertEquals("a", client.ask("a"));
            byte[] forged = "forged".getBytes();
            stranger.send(new DatagramPacket(forged, forged.length, server.lastClient()));
            assertEquals("b", client.ask("b"));
            proxy.awaitBalance();
            assertEquals(2, proxy.counted().fromServers());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionEndsWithTheAnswersThatAreExpected(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.start(datagram -> List.of(datagram, datagram));
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.responses(2),
                                backend -> backend.servers(UdpFixture.at(server.port())));
                UdpClient client = proxy.client()) {
            for (int i = 1; i <= 3; i++) {
                client.send("x");
                client.receive();
                client.receive();
                Await.until("it has ended", () -> proxy.counted().activeSessions() == 0);
                assertEquals(i, proxy.counted().openedSessions());
            }
            Server its = proxy.proxy().backend("app").servers().get(0);
            Await.until("its server is free", () -> its.inFlight() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnswersExpectedEachDatagramIsOfASessionOfItsOwn(Transport transport)
            throws Exception {
        try (UdpServer one = UdpServer.silent();
                UdpServer two = UdpServer.silent();
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.requests(1).responses(0),
                                backend -> backend.servers(UdpFixture.at(one.port(), two.port())));
                UdpClient client = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                client.send("log");
            }
            Await.until("all came", () -> one.received() == 5 && two.received() == 5);
            assertEquals(10, proxy.counted().openedSessions());
            // A datagram may be at its server before its session has ended.
            Await.until("all have ended", () -> proxy.counted().activeSessions() == 0);
        }
    }

    /** The session before is still there for the answers that are to come. */
    @ParameterizedTest
    @EnumSource
    void afterSoManyDatagramsTheNextBeginsAnotherSession(Transport transport) throws Exception {
        try (UdpServer one = UdpServer.named("one");
                UdpServer two = UdpServer.named("two");
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.requests(2),
                                backend -> backend.servers(UdpFixture.at(one.port(), two.port())));
                UdpClient client = proxy.client()) {
            assertEquals("one", client.ask("?"));
            assertEquals("one", client.ask("?"));
            assertEquals("two", client.ask("?"));
            assertEquals("two", client.ask("?"));
            assertEquals("one", client.ask("?"));
            assertEquals(3, proxy.counted().activeSessions());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdleSessionEnds(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo();
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.idleTimeout(Duration.ofSeconds(2)),
                                backend -> backend.servers(UdpFixture.at(server.port())));
                UdpClient client = proxy.client()) {
            client.ask("x");
            Await.until("it has ended", () -> proxy.counted().expiredSessions() == 1);
            Server its = proxy.proxy().backend("app").servers().get(0);
            Await.until("it is not there", () -> proxy.counted().activeSessions() == 0);
            Await.until("its server is free", () -> its.inFlight() == 0);
            client.ask("y");
            assertEquals(2, proxy.counted().openedSessions());
        }
    }

    /**
     * Its port is unreachable, which the kernel learns by ICMP. The client's next datagram goes to the other server, and the second time
     * that this happens the server is marked down, as after failed connects.
     */
    @ParameterizedTest
    @EnumSource
    void aServerWhosePortIsUnreachableIsLeftWithTheNextDatagram(Transport transport)
            throws Exception {
        int nobody = TcpServer.unusedPort();
        try (TcpServer checked = TcpServer.echo();
                UdpServer other = UdpServer.named("other");
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.balance(Balance.first())
                                                .server(unreachable(nobody, checked.port()))
                                                .servers(UdpFixture.at(other.port())))) {
            Backend backend = proxy.proxy().backend("app");
            Server gone = backend.servers().get(0);
            Await.until("its check has passed", () -> backend.pool().usableCount() == 2);
            for (int refusals = 1; refusals <= 2; refusals++) {
                assertTrue(gone.isUp());
                try (UdpClient client = proxy.client()) {
                    client.send("lost");
                    long expected = refusals;
                    Await.until("told", () -> proxy.counted().refusedSessions() == expected);
                    assertEquals("other", client.ask("?"));
                    assertEquals(0, gone.inFlight());
                }
            }
            Await.until("down after two errors in a row", () -> backend.pool().usableCount() == 1);
            try (UdpClient client = proxy.client()) {
                assertEquals("other", client.ask("?"));
            }
            proxy.awaitBalance();
            assertEquals(2, proxy.counted().refusedSessions());
        }
    }

    /** A server that is checked by TCP at another port, and has nothing at its own. */
    private static ServerConfig unreachable(int port, int checkPort) {
        CheckConfig check =
                CheckConfig.builder()
                        .port(checkPort)
                        .inter(Duration.ofHours(1))
                        .downInter(Duration.ofHours(1))
                        .fastInter(Duration.ofHours(1))
                        .observation(new Observation(2, Observation.Action.MARK_DOWN))
                        .build();
        return ServerConfig.builder("gone", "127.0.0.1", port).check(check).build();
    }

    /** The only one there is is asked again, and answers as soon as it can. */
    @ParameterizedTest
    @EnumSource
    void theOnlyServerIsAskedAgainAfterItWasUnreachable(Transport transport) throws Exception {
        int port = TcpServer.unusedPort();
        try (UdpFixture proxy = UdpFixture.start(transport, port);
                UdpClient client = proxy.client()) {
            for (int i = 1; i <= 3; i++) {
                client.send("lost");
                int expected = i;
                Await.until("told", () -> proxy.counted().refusedSessions() == expected);
            }
            try (UdpServer back = UdpServer.namedAt(port, "back")) {
                assertEquals("back", client.ask("?"));
                assertEquals(1, back.received());
            }
            assertEquals(1, proxy.counted().openedSessions());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsTakenDownLosesItsSessionsWithTheNextDatagramAndOneThatDrainsKeepsThem(
            Transport transport) throws Exception {
        try (UdpServer one = UdpServer.named("one");
                UdpServer two = UdpServer.named("two");
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.balance(Balance.first())
                                                .servers(UdpFixture.at(one.port(), two.port())));
                UdpClient client = proxy.client();
                UdpClient late = proxy.client()) {
            Backend app = proxy.proxy().backend("app");
            Server first = app.servers().get(0);
            assertEquals("one", client.ask("?"));
            app.setAdminState(first, AdminState.DRAIN, System.nanoTime());
            assertEquals("one", client.ask("?"));
            assertEquals("two", late.ask("?"));
            app.setAdminState(first, AdminState.MAINTENANCE, System.nanoTime());
            assertEquals("two", client.ask("?"));
            assertEquals(0, first.inFlight());
            assertEquals(2, app.servers().get(1).inFlight());
            assertEquals(2, proxy.counted().openedSessions());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBePassedOnIsDroppedAndCountedWithItsCause(Transport transport) throws Exception {
        try (UdpServer server = UdpServer.echo();
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.maxDatagramBytes(4),
                                backend ->
                                        backend.server(
                                                ServerConfig.builder(
                                                                "s", "127.0.0.1", server.port())
                                                        .maxConnections(1)
                                                        .build()));
                UdpClient client = proxy.client();
                UdpClient other = proxy.client()) {
            assertEquals("1234", client.ask("1234"));
            client.send("12345");
            Await.until("too long", () -> proxy.dropped(DatagramDrop.TOO_LONG) == 1);
            other.send("x");
            Await.until("full", () -> proxy.dropped(DatagramDrop.SERVERS_FULL) == 1);
            Backend app = proxy.proxy().backend("app");
            app.setAdminState(app.servers().get(0), AdminState.MAINTENANCE, System.nanoTime());
            client.send("x");
            Await.until("none", () -> proxy.dropped(DatagramDrop.NO_SERVER) == 1);
            proxy.awaitBalance();
            Await.until("it has ended", () -> proxy.counted().activeSessions() == 0);
        }
    }

    /** Many source addresses, of 127.0.0.0/8: the cap holds, whoever was idle for the longest time goes first, all are answered. */
    @ParameterizedTest
    @EnumSource
    void manySourcesStayBelowTheCapAndTheOldestIdleGoFirst(Transport transport) throws Exception {
        int cap = 64;
        try (UdpServer server = UdpServer.echo();
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.maxSessions(cap),
                                backend -> backend.servers(UdpFixture.at(server.port())))) {
            Server its = proxy.proxy().backend("app").servers().get(0);
            for (int i = 0; i < 2000; i++) {
                String source = "127.1." + i / 250 + "." + (1 + i % 250);
                try (UdpClient client = new UdpClient(proxy.address(), source)) {
                    assertEquals("x", client.ask("x"));
                }
                assertTrue(proxy.counted().activeSessions() <= cap);
                assertTrue(its.inFlight() <= cap);
            }
            UdpSnapshot counted = proxy.counted();
            assertEquals(2000, counted.openedSessions());
            assertEquals(2000 - counted.activeSessions(), counted.evictedSessions());
            assertEquals(counted.activeSessions(), its.inFlight());
            proxy.awaitBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHashOfTheSourceTakesNoHeedOfThePort(Transport transport) throws Exception {
        try (UdpServer one = UdpServer.named("one");
                UdpServer two = UdpServer.named("two");
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.balance(Balance.ring(BalanceKey.SOURCE))
                                                .servers(UdpFixture.at(one.port(), two.port())))) {
            Set<String> all = new HashSet<>();
            for (int i = 1; i <= 20; i++) {
                Set<String> ofSource = new HashSet<>();
                for (int port = 0; port < 3; port++) {
                    try (UdpClient client = new UdpClient(proxy.address(), "127.0.1." + i)) {
                        ofSource.add(client.ask("?"));
                    }
                }
                assertEquals(1, ofSource.size());
                all.addAll(ofSource);
            }
            assertEquals(Set.of("one", "two"), all);
        }
    }

    /** The first byte says who it is, whatever address it comes from. */
    @ParameterizedTest
    @EnumSource
    void aKeyOfTheDatagramDecidesTheServer(Transport transport) throws Exception {
        try (UdpServer one = UdpServer.named("one");
                UdpServer two = UdpServer.named("two");
                UdpFixture proxy =
                        UdpFixture.start(
                                transport,
                                frontend -> frontend.datagramKey(UdpTest::firstByte),
                                backend ->
                                        backend.balance(Balance.ring(BalanceKey.SOURCE))
                                                .servers(UdpFixture.at(one.port(), two.port())))) {
            Set<String> all = new HashSet<>();
            // Open to the end, so that none gets the port, and with it the session, of another.
            List<UdpClient> clients = new ArrayList<>();
            for (char id = 'a'; id <= 'z'; id++) {
                List<String> answers = new ArrayList<>();
                for (String source : List.of("127.0.0.1", "127.0.0.2", "127.9.9.9")) {
                    UdpClient client = new UdpClient(proxy.address(), source);
                    clients.add(client);
                    answers.add(client.ask(id + source));
                }
                assertEquals(1, Set.copyOf(answers).size(), () -> "of " + answers);
                all.addAll(answers);
            }
            clients.forEach(UdpClient::close);
            assertEquals(Set.of("one", "two"), all);
        }
    }

    private static long firstByte(ByteBuffer datagram, long otherwise) {
        return datagram.hasRemaining() ? Hash64.of(datagram.get(), 0) : otherwise;
    }
}
