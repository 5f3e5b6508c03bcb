package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.NamedServers.assertEchoes;
import static io.evenkeel.lb.netty.NamedServers.hello;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers by the names of a real name server, as haproxy.cfg says. */
class DnsmasqTest {
    @TempDir Path directory;

    private static ProxyConfig config(int dnsPort, String servers) throws IOException {
        return HaproxyConfigReader.read(
                        "haproxy.cfg",
                        """
                        defaults
                            mode tcp
                            timeout client 10s
                            timeout server 10s
                            timeout connect 5s
                        resolvers local
                            nameserver dnsmasq 127.0.0.1:%d
                            timeout resolve 20ms
                            timeout retry 200ms
                            hold valid 20ms
                            hold nx 0s
                        frontend web
                            bind 127.0.0.1:%d
                            default_backend app
                        backend app
                            default-server resolvers local resolve-prefer ipv4 init-addr none
                            %s
                        """
                                .formatted(dnsPort, TcpServer.unusedPort(), servers))
                .proxy();
    }

    @ParameterizedTest
    @EnumSource
    void clientsReachTheNewServerAndNoSessionIsDropped(Transport transport) throws Exception {
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                TcpServer three = TcpServer.introducingAt("127.0.0.3", two.port());
                DnsmasqProcess dns =
                        DnsmasqProcess.start(directory, List.of("127.0.0.2 web.test"));
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(dns.port(), "server-template s 2 web.test:" + two.port()))) {
            proxy.awaitPlaces("s1=127.0.0.2 s2=-");
            try (Socket old = proxy.connect()) {
                assertEquals("127.0.0.2", hello(old));
                dns.change("127.0.0.3 web.test", "127.0.0.2 web.test");
                proxy.awaitPlaces("s1=127.0.0.2 s2=127.0.0.3");
                dns.change("127.0.0.3 web.test");
                proxy.awaitPlaces("s1=- s2=127.0.0.3");
                assertEquals("127.0.0.3", proxy.reached());
                assertEchoes(old);
                dns.kill();
                for (int i = 0; i < 3; i++) {
                    assertEquals("127.0.0.3", proxy.reached());
                }
                assertEchoes(old);
            }
            assertEquals(4, three.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsFoundWithItsPorts(Transport transport) throws Exception {
        try (TcpServer two = TcpServer.introducingAt("127.0.0.2", 0);
                TcpServer three = TcpServer.introducingAt("127.0.0.3", 0);
                DnsmasqProcess dns =
                        DnsmasqProcess.start(
                                directory,
                                List.of("127.0.0.2 a.test", "127.0.0.3 b.test"),
                                "--srv-host=_http._tcp.test,a.test," + two.port() + ",0,0",
                                "--srv-host=_http._tcp.test,b.test," + three.port() + ",0,255");
                NamedServers proxy =
                        NamedServers.start(
                                transport,
                                config(dns.port(), "server-template s 3 _http._tcp.test check"))) {
            proxy.awaitPlaces("s1=127.0.0.2 s2=127.0.0.3 s3=-");
            Await.until("both are checked", () -> proxy.backend().pool().usableCount() == 2);
            List<String> reached = List.of(proxy.reached(), proxy.reached());
            assertEquals(List.of("127.0.0.2", "127.0.0.3"), reached.stream().sorted().toList());
        }
    }
}
