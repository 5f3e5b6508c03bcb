package io.evenkeel.lb.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that has no descriptor left. */
class DescriptorShortageTest {
    private static final int REFUSED = 150;
    private static final Pattern COUNTS =
            Pattern.compile(
                    "address=- active=1 refused=(\\d+) errors=(\\d+) begun=1 over=0 usable=true peers=");

    private static void echo(Socket client) throws IOException {
        client.getOutputStream().write('1');
        assertEquals('1', client.getInputStream().read());
    }

    /** Whether the client was reset; if a check has just given its descriptors back it may be served. */
    private static boolean isReset(ProxyProcess proxy) throws Exception {
        try (Socket client = proxy.connect()) {
            client.getOutputStream().write('1');
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Neither reset nor served: " + proxy.ask("tell"), e);
        } catch (SocketException e) {
            return true;
        }
    }

    /** In the kernel's queue a client would wait for nothing. */
    @ParameterizedTest
    @EnumSource
    void withoutADescriptorClientsAreResetAtOnceAndServedAgainWhenThereAreSome(Transport transport)
            throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyProcess proxy = new ProxyProcess(150, transport, server.port());
                Socket before = proxy.connect()) {
            echo(before);
            // Classes are files here, which could not be opened later.
            proxy.ask("tell");
            proxy.ask("hog");
            int reset = 0;
            for (int i = 0; i < REFUSED; i++) {
                reset += isReset(proxy) ? 1 : 0;
            }
            assertTrue(reset > REFUSED * 9 / 10, reset + " of " + REFUSED + " were reset");
            echo(before);
            String told = proxy.ask("tell");
            Matcher counts = COUNTS.matcher(told);
            assertTrue(counts.matches(), told);
            // A client may have got the descriptors of a check that had just failed.
            assertTrue(Integer.parseInt(counts.group(1)) > REFUSED / 2, told);
            assertTrue(Integer.parseInt(counts.group(2)) < REFUSED / 2, told);

            proxy.ask("free");
            try (Socket after = proxy.connect()) {
                echo(after);
            }
            Await.until("the shortage is over", () -> proxy.ask("tell").contains("begun=1 over=1"));
            echo(before);
        }
    }

    /** Those for which there is no descriptor wait in the kernel's queue. */
    @ParameterizedTest
    @EnumSource
    void ofItsOwnAccordNoProxyAcceptsMoreThanThereAreDescriptorsFor(Transport transport)
            throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (TcpServer server = TcpServer.echo();
                ProxyProcess proxy = new ProxyProcess(150, transport, server.port())) {
            for (int i = 0; i < 100; i++) {
                Socket client = proxy.connect();
                clients.add(client);
                client.getOutputStream().write('1');
            }
            Await.until(
                    "all are served",
                    () -> {
                        clients.removeIf(AcceptLimitsTest::closeIfAnswered);
                        return clients.isEmpty();
                    });
            String told = proxy.ask("tell");
            assertTrue(told.contains("refused=0 errors=0 begun=0"), told);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** Says hello as the peer "there"; what is said to that. */
    private static String greet(Socket peer) throws IOException {
        peer.setSoTimeout(10_000);
        peer.getOutputStream().write("HAProxyS 2.1\nhere\nthere 1 1\n".getBytes(US_ASCII));
        return NamedServers.hello(peer);
    }

    /** To be done again: whatever was under way gives its descriptor back. */
    private static String hog(ProxyProcess proxy) throws Exception {
        return proxy.ask("hog");
    }

    private static void awaitAddress(ProxyProcess proxy, String expected) throws Exception {
        Await.until(
                () -> proxy.ask("tell").startsWith("address=" + expected + " "),
                () -> expected + ": " + proxy.ask("tell"));
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatCouldNotBeAskedForIsAskedForAgainWhenThereAreDescriptors(Transport transport)
            throws Exception {
        ScriptedDns.Script first = ScriptedDns.addresses("web.test", "127.0.0.1");
        try (TcpServer server = TcpServer.echo();
                ScriptedDns dns = ScriptedDns.start(first);
                ProxyProcess proxy =
                        ProxyProcess.withNameserver(150, transport, server.port(), dns.port())) {
            // Classes are files here, which could not be opened later.
            dns.say((name, type, tcp) -> null);
            awaitAddress(proxy, "-");
            dns.say(first);
            awaitAddress(proxy, "127.0.0.1");

            // As if the name server were silent.
            Await.until("no address", () -> hog(proxy).startsWith("address=- "));
            dns.say(ScriptedDns.addresses("web.test", "127.0.0.3"));
            proxy.ask("free");
            awaitAddress(proxy, "127.0.0.3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void peersThatCouldNotBeTakenOrConnectedToAreWhenThereAreDescriptors(Transport transport)
            throws Exception {
        int own = TcpServer.unusedPort();
        int other = TcpServer.unusedPort();
        try (TcpServer server = TcpServer.echo();
                ProxyProcess proxy =
                        ProxyProcess.withPeers(150, transport, server.port(), own, other)) {
            // Classes are files here, which could not be opened later.
            try (Socket peer = new Socket("127.0.0.1", own)) {
                assertEquals("200", greet(peer));
            }
            Await.until("an attempt to connect", () -> proxy.ask("tell").contains("refused"));

            Await.until("another one", () -> hog(proxy).contains("Too many open files"));
            try (Socket waiting = new Socket("127.0.0.1", own)) {
                Await.until("the shortage is told", () -> proxy.ask("tell").contains("begun=1"));
                proxy.ask("free");
                assertEquals("200", greet(waiting));
            }
            try (ServerSocket there =
                    new ServerSocket(other, 1, InetAddress.getLoopbackAddress())) {
                there.setSoTimeout(10_000);
                there.accept().close();
            }
        }
    }
}
