package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.ServerConfig;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a first check says of a server: with the first result the server is up or down. */
class CheckTest {
    private static final HttpCheck HEALTHZ =
            HttpCheck.builder()
                    .method("GET")
                    .uri("/healthz")
                    .expectedStatus(ExpectedStatus.of(200))
                    .build();

    private static CheckConfig.Builder check() {
        return CheckConfig.builder().inter(Duration.ofSeconds(10));
    }

    /** The first verdict on a server at that port: {@code UP: cause} or {@code DOWN: cause}. */
    private static String verdict(
            Transport transport, int port, CheckConfig check, HttpCheck http, long timeoutMillis)
            throws Exception {
        return FirstVerdict.of(
                transport,
                ServerConfig.builder("s", "127.0.0.1", port).check(check).build(),
                backend -> backend.httpCheck(http).checkTimeout(Duration.ofMillis(timeoutMillis)));
    }

    /** Answers every request with these bytes. */
    private static TcpServer.Conversation answering(String answer) {
        return connection -> {
            readRequest(connection);
            connection.getOutputStream().write(answer.getBytes());
        };
    }

    private static String readRequest(Socket connection) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream()));
        StringBuilder request = new StringBuilder();
        String line;
        while ((line = reader.readLine()) != null && !line.isEmpty()) {
            request.append(line).append('\n');
        }
        return request.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectCheckPassesWhereSomebodyListens(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo()) {
            assertEquals(
                    "UP: Layer4 check passed",
                    verdict(transport, server.port(), check().build(), null, 0));
            // It ends by RST, which costs no port in TIME_WAIT.
            assertTrue(server.awaitFailure().getMessage().contains("reset"));
        }
        try (RefusingPort refusing = new RefusingPort()) {
            String refused = verdict(transport, refusing.port(), check().build(), null, 0);
            assertTrue(
                    refused.startsWith("DOWN: Layer4 connection problem, Connection refused"),
                    refused);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectThatIsNotAnsweredTimesOut(Transport transport) throws Exception {
        try (SilentPort silent = new SilentPort()) {
            CheckConfig fast = check().inter(Duration.ofMillis(100)).build();
            assertEquals(
                    "DOWN: Layer4 timeout", verdict(transport, silent.port(), fast, null, 10_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anHttpCheckGoesByTheStatus(Transport transport) throws Exception {
        for (String[] row :
                new String[][] {
                    {"HTTP/1.1 200 OK\r\n\r\n", "UP: Layer7 check passed, 200"},
                    {"HTTP/1.0 200\n", "UP: Layer7 check passed, 200"},
                    {"HTTP/1.1 503 Busy\r\n\r\n", "DOWN: Layer7 wrong status, 503"},
                    {
                        "SSH-2.0-OpenSSH\r\n",
                        "DOWN: Layer7 invalid response, not an HTTP status line: SSH-2.0-OpenSSH"
                    },
                    {
                        "",
                        "DOWN: Layer7 invalid response,"
                                + " the server closed the connection before it answered"
                    },
                }) {
            try (TcpServer server = TcpServer.start(answering(row[0]))) {
                assertEquals(
                        row[1],
                        verdict(transport, server.port(), check().build(), HEALTHZ, 10_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRequestIsWhatWasConfigured(Transport transport) throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        try (TcpServer server =
                TcpServer.start(
                        connection -> {
                            requests.add(readRequest(connection));
                            OutputStream out = connection.getOutputStream();
                            for (byte b : "HTTP/1.1 200 in pieces\r\n\r\n".getBytes()) {
                                out.write(b);
                            }
                        })) {
            verdict(transport, server.port(), check().build(), HEALTHZ, 10_000);
            assertEquals("GET /healthz HTTP/1.0\nConnection: close\n", requests.take());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTalksWithoutEndIsCutOff(Transport transport) throws Exception {
        try (TcpServer server =
                TcpServer.start(
                        connection -> {
                            readRequest(connection);
                            while (true) {
                                connection.getOutputStream().write(new byte[8192]);
                            }
                        })) {
            String verdict = verdict(transport, server.port(), check().build(), HEALTHZ, 10_000);
            assertTrue(verdict.startsWith("DOWN: Layer7 invalid response"), verdict);
            server.awaitFailure();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatAcceptsAndSaysNothingTimesOut(Transport transport) throws Exception {
        TcpServer.Conversation silence =
                connection ->
                        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        try (TcpServer server = TcpServer.start(silence)) {
            assertEquals(
                    "DOWN: Layer7 timeout",
                    verdict(transport, server.port(), check().build(), HEALTHZ, 100));
            assertEquals(
                    "DOWN: Layer6 timeout",
                    verdict(transport, server.port(), check().tls(true).build(), HEALTHZ, 100));
        }
    }

    private static TcpServer.Conversation overTls(TcpServer.Conversation inner) throws Exception {
        return TestTls.serving(TestTls.selfSigned(), inner);
    }

    @ParameterizedTest
    @EnumSource
    void anHttpsCheckThatVerifiesNothingTakesAnyCertificate(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.start(overTls(answering("HTTP/1.1 200 OK\r\n\r\n")))) {
            CheckConfig trusting = check().tls(true).verifyCertificate(false).build();
            assertEquals(
                    "UP: Layer7 check passed, 200",
                    verdict(transport, server.port(), trusting, HEALTHZ, 10_000));
        }
        try (TcpServer server = TcpServer.start(overTls(answering("HTTP/1.1 500 Oops\r\n\r\n")))) {
            CheckConfig trusting = check().tls(true).verifyCertificate(false).build();
            assertEquals(
                    "DOWN: Layer7 wrong status, 500",
                    verdict(transport, server.port(), trusting, HEALTHZ, 10_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatNobodyKnowsFailsACheckThatVerifies(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.start(overTls(answering("HTTP/1.1 200 OK\r\n\r\n")))) {
            CheckConfig verifying = check().tls(true).verifyCertificate(true).build();
            String verdict = verdict(transport, server.port(), verifying, HEALTHZ, 10_000);
            assertTrue(verdict.startsWith("DOWN: Layer6 invalid response, "), verdict);
            assertTrue(verdict.contains("certification path"), verdict);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredCertificateOrOneOfAnotherNameIsNamedAsTheCause(Transport transport)
            throws Exception {
        CheckConfig verifying = check().tls(true).sni("localhost").build();
        try (TestTls.Authority authority = TestTls.trustedAuthority()) {
            X509Bundle good = authority.certificate("localhost", 1);
            X509Bundle expired = authority.certificate("localhost", -1);
            X509Bundle other = authority.certificate("other.example.net", 1);
            assertEquals("UP: Layer6 check passed", verdict(transport, good, verifying));
            assertTrue(
                    verdict(transport, expired, verifying)
                            .startsWith(
                                    "DOWN: Layer6 invalid response, the certificate has expired:"));
            assertEquals(
                    "DOWN: Layer6 invalid response, No subject alternative DNS name matching"
                            + " localhost found.",
                    verdict(transport, other, verifying));
        }
    }

    private static String verdict(Transport transport, X509Bundle certificate, CheckConfig check)
            throws Exception {
        TcpServer.Conversation waits = connection -> connection.getInputStream().read();
        try (TcpServer server = TcpServer.start(TestTls.serving(certificate, waits))) {
            return verdict(transport, server.port(), check, null, 10_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a404IsConditionalWhereTheCheckSaysSo(Transport transport) throws Exception {
        HttpCheck soft = HttpCheck.builder().disableOn404(true).build();
        try (TcpServer server = TcpServer.start(answering("HTTP/1.1 404 Gone\r\n\r\n"))) {
            assertEquals(
                    "STOPPING: Layer7 check conditionally passed, 404",
                    verdict(transport, server.port(), check().build(), soft, 10_000));
            assertEquals(
                    "DOWN: Layer7 wrong status, 404",
                    verdict(transport, server.port(), check().build(), HEALTHZ, 10_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTlsCheckWithoutHttpEndsWithTheHandshake(Transport transport) throws Exception {
        try (TcpServer server =
                TcpServer.start(overTls(connection -> connection.getInputStream().read()))) {
            CheckConfig trusting = check().tls(true).verifyCertificate(false).build();
            assertEquals(
                    "UP: Layer6 check passed",
                    verdict(transport, server.port(), trusting, null, 10_000));
        }
        try (TcpServer server = TcpServer.named("this is not TLS at all")) {
            CheckConfig trusting = check().tls(true).verifyCertificate(false).build();
            String verdict = verdict(transport, server.port(), trusting, null, 10_000);
            assertTrue(verdict.startsWith("DOWN: Layer6 invalid response, "), verdict);
        }
    }
}
