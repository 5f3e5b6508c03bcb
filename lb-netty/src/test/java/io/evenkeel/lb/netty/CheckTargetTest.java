package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import io.evenkeel.lb.TcpConnect;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTargetTest {
    private static String request(String address, HttpCheck.Builder check) {
        return new String(CheckTarget.request(check.build(), new InetSocketAddress(address, 8443)));
    }

    @Test
    void http10NeedsNoHost() {
        assertEquals(
                "OPTIONS / HTTP/1.0\r\nConnection: close\r\n\r\n",
                request("127.0.0.1", HttpCheck.builder()));
    }

    @Test
    void http11NamesTheServerIfNoHostIsGiven() {
        assertEquals(
                "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:8443\r\nConnection: close\r\n\r\n",
                request(
                        "127.0.0.1",
                        HttpCheck.builder().method("GET").uri("/healthz").version("HTTP/1.1")));
        assertEquals(
                "OPTIONS / HTTP/1.1\r\nHost: [0:0:0:0:0:0:0:1]:8443\r\nConnection: close\r\n\r\n",
                request("::1", HttpCheck.builder().version("HTTP/1.1")));
    }

    @Test
    void headersThatAreGivenAreNotAddedTwice() {
        assertEquals(
                "OPTIONS / HTTP/1.1\r\nhost: a.example\r\nconnection: keep-alive\r\n\r\n",
                request(
                        "127.0.0.1",
                        HttpCheck.builder()
                                .version("HTTP/1.1")
                                .header(new HttpHeader("host", "a.example"))
                                .header(new HttpHeader("connection", "keep-alive"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.example", "ipv4@web.example", "ipv6@web.example"})
    void theNameInTheCertificateIsTheServersWithoutItsFamily(String host) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 8443);
        CheckConfig config = CheckConfig.builder().tls(true).verifyCertificate(true).build();
        assertEquals(
                "web.example", CheckTarget.of(host, address, config, null, null, null).tlsName());
        TcpConnect step = TcpConnect.USUAL;
        assertEquals(
                "web.example", CheckTarget.of(host, address, step, config, null, null).tlsName());
    }
}
