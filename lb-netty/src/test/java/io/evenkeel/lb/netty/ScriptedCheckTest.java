package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServiceChecks;
import io.evenkeel.lb.TcpCheck;
import io.evenkeel.lb.TcpConnect;
import io.evenkeel.lb.TcpExpect;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks with steps, against real sockets. */
class ScriptedCheckTest {
    private static final TcpCheck PING =
            TcpCheck.builder().send("PING\r\n").expect("+PONG").build();

    private static String verdict(Transport transport, int port, TcpCheck check, long timeoutMillis)
            throws Exception {
        return verdict(
                transport,
                port,
                CheckConfig.builder().inter(Duration.ofSeconds(10)).build(),
                check,
                timeoutMillis);
    }

    private static String verdict(
            Transport transport, int port, CheckConfig config, TcpCheck check, long timeoutMillis)
            throws Exception {
        return FirstVerdict.of(
                transport,
                ServerConfig.builder("s", "127.0.0.1", port).check(config).build(),
                backend -> backend.tcpCheck(check).checkTimeout(Duration.ofMillis(timeoutMillis)));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerInPiecesOfOneByteIsFoundAndTheConnectionEndsInOrder(Transport transport)
            throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (TcpServer server =
                TcpServer.start(
                        connection -> {
                            InputStream in = connection.getInputStream();
                            String request = new String(in.readNBytes(6));
                            for (byte b : "+PONG".getBytes()) {
                                connection.getOutputStream().write(b);
                            }
                            heard.add(request + in.read());
                        })) {
            assertEquals(
                    "UP: Layer7 check passed", verdict(transport, server.port(), PING, 10_000));
            assertEquals("PING\r\n-1", heard.poll(10, TimeUnit.SECONDS), "FIN and not RST");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTalksForEverIsCutOff(Transport transport) throws Exception {
        try (TcpServer server =
                TcpServer.start(
                        connection -> {
                            OutputStream out = connection.getOutputStream();
                            while (true) {
                                out.write("nothing of that sort, ".repeat(100).getBytes());
                            }
                        })) {
            String verdict = verdict(transport, server.port(), PING, 10_000);
            assertTrue(verdict.startsWith("DOWN: Layer7 invalid response, step 2"), verdict);
            assertTrue(verdict.endsWith("in the first 16384 bytes"), verdict);
            server.awaitFailure();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatAcceptsAndSaysNothingTimesOutAndIsReset(Transport transport) throws Exception {
        TcpServer.Conversation silence =
                connection ->
                        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        try (TcpServer server = TcpServer.start(silence)) {
            assertEquals(
                    "DOWN: Layer7 timeout, step 2 (expect string '+PONG'): the server said nothing",
                    verdict(transport, server.port(), PING, 100));
            Throwable reset = server.awaitFailure();
            assertTrue(reset instanceof SocketException, reset::toString);
            assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalConnectsAreMadeOneAfterTheOther(Transport transport) throws Exception {
        try (TcpServer pop = TcpServer.named("+OK ready");
                TcpServer imap =
                        TcpServer.start(
                                TestTls.serving(
                                        TestTls.selfSigned(),
                                        connection ->
                                                connection
                                                        .getOutputStream()
                                                        .write("* OK ready".getBytes())));
                RefusingPort refusing = new RefusingPort()) {
            CheckConfig config =
                    CheckConfig.builder()
                            .inter(Duration.ofSeconds(10))
                            .verifyCertificate(false)
                            .build();
            TcpCheck.Builder both =
                    TcpCheck.builder()
                            .step(TcpConnect.USUAL)
                            .expect("+OK")
                            .step(
                                    new TcpConnect(
                                            false,
                                            "127.0.0.1",
                                            imap.port(),
                                            true,
                                            null,
                                            false,
                                            null))
                            .expect("* OK");
            assertEquals(
                    "UP: Layer7 check passed",
                    verdict(transport, pop.port(), config, both.build(), 10_000));
            String verdict =
                    verdict(
                            transport,
                            pop.port(),
                            config,
                            both.step(TcpConnect.toPort(refusing.port())).build(),
                            10_000);
            assertTrue(
                    verdict.startsWith(
                            "DOWN: Layer4 connection problem, step 5 (connect to port "
                                    + refusing.port()
                                    + "): Connection refused"),
                    verdict);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatClosesFailsUnlessThatWasExpected(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.named("-ERR")) {
            assertEquals(
                    "DOWN: Layer7 invalid response, step 1 (expect string '+OK'): the server said"
                            + " '-ERR' and closed the connection",
                    verdict(
                            transport,
                            server.port(),
                            TcpCheck.builder().expect("+OK").build(),
                            10_000));
            TcpExpect noError =
                    TcpExpect.builder(TcpExpect.Match.STRING, "+OK").negated(true).build();
            assertEquals(
                    "UP: Layer7 check passed",
                    verdict(
                            transport,
                            server.port(),
                            TcpCheck.builder().step(noError).build(),
                            10_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsCheckedInItsOwnWords(Transport transport) throws Exception {
        TcpServer.Conversation mail =
                connection -> {
                    InputStream in = connection.getInputStream();
                    OutputStream out = connection.getOutputStream();
                    out.write("220 ready\r\n".getBytes());
                    in.readNBytes("HELO localhost\r\n".length());
                    out.write("250 hello\r\n".getBytes());
                    in.readNBytes("QUIT\r\n".length());
                    out.write("221 bye\r\n".getBytes());
                };
        try (TcpServer server = TcpServer.start(mail)) {
            assertEquals(
                    "UP: Layer7 check passed",
                    verdict(
                            transport,
                            server.port(),
                            ServiceChecks.smtp("HELO", "localhost"),
                            10_000));
        }
        TcpServer.Conversation tls =
                TestTls.serving(
                        TestTls.selfSigned(), connection -> connection.getInputStream().read());
        try (TcpServer server = TcpServer.start(tls)) {
            assertEquals(
                    "UP: Layer6 check passed",
                    verdict(transport, server.port(), ServiceChecks.tlsHello(), 10_000));
        }
    }
}
