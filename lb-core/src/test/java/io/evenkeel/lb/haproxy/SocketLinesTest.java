package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.KeepAlive;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.SocketBuffers;
import io.evenkeel.lb.SourceConfig;
import io.evenkeel.lb.SourceConfig.Appearance;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words about sockets mean. */
class SocketLinesTest {
    private static ProxyConfig read(String defaults, String frontend, String backend) {
        return HaproxyConfigReader.read(
                        "haproxy.cfg",
                        """
                        defaults
                        timeout client 1s
                        timeout connect 1s
                        timeout server 1s
                        %s
                        frontend f
                        default_backend b
                        %s
                        backend b
                        %s
                        """
                                .formatted(defaults, frontend, backend))
                .proxy();
    }

    private static ListenConfig listen(String words) {
        FrontendConfig frontend =
                read("", "bind :::80 " + words, "server s 192.0.2.1:80").frontends().get(0);
        return frontend.listenConfig(new BindAddress("::", 80));
    }

    private static ConnectConfig connect(String defaults, String section, String words) {
        return Objects.requireNonNull(
                        read(defaults, "bind :80", section + "\nserver s 192.0.2.1:80 " + words)
                                .backend("b"))
                .servers()
                .get(0)
                .connect();
    }

    private static @Nullable SourceConfig source(String words) {
        return connect("", "", words).source();
    }

    private static SourceConfig source(
            String host, int first, int last, @Nullable String device, Appearance appearance) {
        return new SourceConfig(List.of(host), first, last, device, appearance);
    }

    @Test
    void aBindLineSaysHowItsSocketsListen() {
        assertEquals(ListenConfig.DEFAULT, listen(""));
        assertEquals(ListenConfig.DEFAULT, listen("backlog 0 mss 0 tcp-ut 0 v6only v4v6"));
        assertEquals(
                ListenConfig.builder()
                        .backlog(10)
                        .deferAccept(true)
                        .fastOpen(true)
                        .maxSegmentBytes(1400)
                        .device("eth0")
                        .ipv6Only(true)
                        .transparent(true)
                        .userTimeout(Duration.ofSeconds(30))
                        .build(),
                listen(
                        "backlog 10 defer-accept tfo mss 1400 interface eth0 v6only transparent"
                                + " tcp-ut 30s"));
    }

    @Test
    void eachLineIsForItsOwnAddressesAndTheSectionForTheRest() {
        FrontendConfig frontend =
                read(
                                "backlog 50\noption clitcpka\nclitcpka-idle 60",
                                "bind :80,:81 backlog 7 mss 1000\nbind [2001:db8::1]:82 v6only",
                                "server s 192.0.2.1:80")
                        .frontends()
                        .get(0);
        KeepAlive asked = new KeepAlive(60, 0, 0);
        ListenConfig first =
                ListenConfig.builder().backlog(7).maxSegmentBytes(1000).keepAlive(asked).build();
        assertEquals(first, frontend.listenConfig(new BindAddress("*", 80)));
        assertEquals(first, frontend.listenConfig(new BindAddress("*", 81)));
        assertEquals(
                ListenConfig.builder().backlog(50).keepAlive(asked).build(),
                frontend.listenConfig(new BindAddress("2001:db8::1", 82)));
    }

    @Test
    void theGlobalSectionSaysHowMuchTheSystemMayHold() {
        ProxyConfig config =
                read(
                        "global\ntune.rcvbuf.client 1000\ntune.sndbuf.client 2000"
                                + "\ntune.notsent-lowat.client 0\ntune.rcvbuf.server 3000"
                                + "\ntune.sndbuf.server 4000\ntune.notsent-lowat.server 5000",
                        "bind :80",
                        "server s 192.0.2.1:80");
        assertEquals(
                new SocketBuffers(1000, 2000, 0),
                config.frontends().get(0).listenConfig(new BindAddress("*", 80)).buffers());
        assertEquals(
                new SocketBuffers(3000, 4000, 5000),
                config.backends().get(0).servers().get(0).connect().buffers());
        assertEquals(SocketBuffers.OF_CLIENTS, listen("").buffers());
        assertEquals(SocketBuffers.SYSTEM, connect("", "", "").buffers());
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
    @CsvSource({
        "clitcpka-idle 10s, 10, 0, 0",
        "clitcpka-idle 10, 10, 0, 0",
        "clitcpka-idle 2m, 120, 0, 0",
        "clitcpka-intvl 500ms, 0, 1, 0",
        "clitcpka-cnt 3, 0, 0, 3",
        "clitcpka-cnt 0, 0, 0, 0",
    })
    void secondsAreTheUnitOfKeepAlive(String line, int idle, int interval, int probes) {
        FrontendConfig frontend =
                read("", "bind :80\noption clitcpka\n" + line, "server s 192.0.2.1:80")
                        .frontends()
                        .get(0);
        assertEquals(
                new KeepAlive(idle, interval, probes),
                frontend.listenConfig(new BindAddress("*", 80)).keepAlive());
    }

    @Test
    void keepAliveIsOfTheSideThatTheOptionSays() {
        assertNull(connect("option clitcpka", "", "").keepAlive());
        assertNull(connect("", "srvtcpka-cnt 3", "").keepAlive());
        assertEquals(KeepAlive.SYSTEM, connect("", "option srvtcpka", "").keepAlive());
        assertEquals(KeepAlive.SYSTEM, connect("option tcpka", "", "").keepAlive());
        assertNull(connect("option tcpka", "no option srvtcpka", "").keepAlive());
        assertEquals(
                new KeepAlive(0, 5, 3),
                connect("srvtcpka-cnt 3", "option srvtcpka\nsrvtcpka-intvl 5", "").keepAlive());
    }

    @Test
    void aServerLineSaysWhereItsConnectionsComeFrom() {
        assertNull(source(""));
        assertNull(source("source *"));
        assertNull(source("source 0.0.0.0:0 weight 3"));
        assertEquals(SourceConfig.of("192.0.2.9"), source("source 192.0.2.9 weight 3"));
        assertEquals(SourceConfig.of("2001:db8::9"), source("source 2001:db8::9"));
        assertEquals(
                source("192.0.2.9", 1000, 2000, "eth0", Appearance.OWN),
                source("source 192.0.2.9:1000-2000 interface eth0"));
        assertEquals(
                source("0.0.0.0", 0, 0, "eth0", Appearance.OWN), source("source * interface eth0"));
        assertEquals(
                source("0.0.0.0", 0, 0, null, Appearance.CLIENT_ADDRESS),
                source("source 0.0.0.0 usesrc clientip backup"));
        assertEquals(
                source("192.0.2.9", 0, 0, "eth0", Appearance.CLIENT_ADDRESS_AND_PORT),
                source("source 192.0.2.9 interface eth0 usesrc client"));
        assertEquals(
                source("198.51.100.1", 80, 80, null, Appearance.FOREIGN),
                source("source 192.0.2.9 usesrc 198.51.100.1:80"));
    }

    @Test
    void theSectionSaysItForServersThatDoNot() {
        SourceConfig section = SourceConfig.of("192.0.2.9");
        assertEquals(section, connect("", "source 192.0.2.9", "").source());
        assertEquals(section, connect("source 192.0.2.9", "", "").source());
        assertEquals(
                SourceConfig.of("192.0.2.8"),
                connect("", "source 192.0.2.9", "source 192.0.2.8").source());
        assertNull(connect("", "source 192.0.2.9", "source *").source());
        assertEquals(
                SourceConfig.of("192.0.2.7"),
                connect("", "default-server source 192.0.2.7", "").source());
    }

    @Test
    void whatStaysUnacknowledgedForSoLongEndsTheConnectionToAServer() {
        assertEquals(
                Duration.ofSeconds(3).toNanos(), connect("", "", "tcp-ut 3s").userTimeoutNanos());
        assertEquals(0, connect("", "", "tcp-ut 0").userTimeoutNanos());
    }
}
