package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checks of services say, byte by byte, and what they take for an answer. */
class ServiceChecksTest {
    /** Plays a server that says these bytes, one after the other, whenever it is listened to; all that was sent goes to {@code sent}. */
    private static String play(TcpCheck check, List<String> sent, byte[]... answers) {
        TcpCheckRun run = new TcpCheckRun(check, Fixture.CHECK);
        int next = 0;
        while (true) {
            TcpCheckAction action = run.next();
            if (action instanceof TcpCheckAction.Finish finish) {
                return finish.result().toString();
            } else if (action instanceof TcpCheckAction.Send send) {
                sent.add(HexFormat.of().formatHex(send.send().bytes()));
            } else if (action instanceof TcpCheckAction.Receive) {
                if (next == answers.length) {
                    run.onClosed();
                    continue;
                }
                byte[] answer = answers[next++];
                TcpCheckAction open = action;
                for (int i = 0; i < answer.length && open instanceof TcpCheckAction.Receive; i++) {
                    run.onBytes(ByteBuffer.wrap(answer, i, 1));
                    open = i + 1 < answer.length ? run.next() : open;
                    if (open instanceof TcpCheckAction.Send send) {
                        sent.add(HexFormat.of().formatHex(send.send().bytes()));
                    }
                }
            }
        }
    }

    private static String play(TcpCheck check, byte[]... answers) {
        return play(check, new ArrayList<>(), answers);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static void assertPasses(String result) {
        assertTrue(
                result.startsWith("Layer7 check passed")
                        || result.startsWith("Layer6 check passed"),
                result);
    }

    private static void assertFails(String because, String result) {
        assertTrue(
                result.contains(" invalid response, step")
                        || result.contains(" wrong status, step"),
                result);
        assertTrue(result.contains(because), result);
    }

    @Test
    void redis() {
        List<String> sent = new ArrayList<>();
        assertPasses(play(ServiceChecks.redis(), sent, text("+PONG\r\n")));
        assertEquals(List.of(HexFormat.of().formatHex(text("*1\r\n$4\r\nPING\r\n"))), sent);
        assertFails(
                "-NOAUTH",
                play(ServiceChecks.redis(), text("-NOAUTH Authentication required.\r\n")));
        assertFails("-LOADING", play(ServiceChecks.redis(), text("-LOADING Redis is loading\r\n")));
        assertFails("closed", play(ServiceChecks.redis()));
    }

    @Test
    void smtp() {
        TcpCheck check = ServiceChecks.smtp("EHLO", "lb.example.net");
        List<String> sent = new ArrayList<>();
        assertPasses(
                play(
                        check,
                        sent,
                        text("220 mail.example.net ESMTP Postfix\r\n"),
                        text("250-mail.example.net\r\n250-SIZE 10240000\r\n250 CHUNKING\r\n"),
                        text("221 2.0.0 Bye\r\n")));
        assertEquals(
                List.of(
                        HexFormat.of().formatHex(text("EHLO lb.example.net\r\n")),
                        HexFormat.of().formatHex(text("QUIT\r\n"))),
                sent);
        assertFails("greeting", play(check, text("554 no service here\r\n")));
        assertFails(
                "answer to EHLO",
                play(check, text("220-two\r\n220 lines\r\n"), text("501 bad name\r\n")));
        assertFails("greeting", play(check, text("SSH-2.0-OpenSSH_9\r\n")));
        assertFails("greeting", play(check, text("220-never ends\r\n")));
    }

    @Test
    void postgres() {
        TcpCheck check = ServiceChecks.postgres("lb");
        List<String> sent = new ArrayList<>();
        // AuthenticationSASL, AuthenticationMD5Password, AuthenticationOk.
        byte[] sasl = hex("52 00000017 0000000a 534352414d2d5348412d323536 0000");
        assertPasses(play(check, sent, sasl));
        assertPasses(play(check, hex("52 0000000c 00000005 01020304")));
        assertPasses(play(check, hex("52 00000008 00000000 53 00000016")));
        assertEquals(
                List.of(
                        "00000031"
                                + "00030000"
                                + "7573657200"
                                + "6c6200"
                                + "6170706c69636174696f6e5f6e616d6500"
                                + "6576656e6b65656c2d636865636b00"
                                + "00"),
                sent);
        assertFails(
                "authentication request",
                play(check, text("E\0\0\0\u0040SFATAL\0C28000\0Mno such role\0\0")));
        assertFails(
                "authentication request", play(check, text("HTTP/1.1 400 Bad Request\r\n\r\n")));
    }

    private static final String MARIADB_GREETING =
            "6e000000 0a 352e352e352d31302e31312e362d4d61726961444200 05000000 2f3a5b2c4d5e6f70 00"
                    + "fef7 2d 0200 ff81 15 000000000000 1d000000 6162636465666768696a6b6c 00"
                    + "6d7973716c5f6e61746976655f70617373776f726400";

    @Test
    void mysql() {
        assertPasses(play(ServiceChecks.mysql(), hex(MARIADB_GREETING)));
        byte[] blocked = hex("45000000ff6904486f737420273132372e302e302e31272069732062");
        assertFails("greeting", play(ServiceChecks.mysql(), blocked));

        TcpCheck check = ServiceChecks.mysql("lb", false);
        List<String> sent = new ArrayList<>();
        assertPasses(play(check, sent, hex(MARIADB_GREETING), hex("07000002 00 00 00 0200 0000")));
        assertEquals(
                List.of(
                        "24000001"
                                + "01820000"
                                + "00000001"
                                + "08"
                                + "00".repeat(23)
                                + "6c6200"
                                + "00"
                                + "0100000001"),
                sent);
        assertFails(
                "answer to the login",
                play(
                        check,
                        hex(MARIADB_GREETING),
                        text("\u0020\0\0\u0002\u00ff\u0015\u0004#28000Access denied for")));
        sent.clear();
        assertPasses(
                play(
                        ServiceChecks.mysql("lb", true),
                        sent,
                        hex(MARIADB_GREETING),
                        hex("07000002 00 00 00 0200 0000")));
        assertEquals(List.of("08000001" + "0100" + "ffffff" + "6c6200" + "0100000001"), sent);
    }

    @Test
    void ldap() {
        List<String> sent = new ArrayList<>();
        assertPasses(play(ServiceChecks.ldap(), sent, hex("300c 020101 6107 0a0100 0400 0400")));
        assertEquals(List.of("300c020101600702010304008000"), sent);
        // Active Directory writes every length with four bytes.
        assertPasses(
                play(
                        ServiceChecks.ldap(),
                        hex("308400000010 020101 618400000007 0a0100 0400 0400")));
        // inappropriateAuthentication: no anonymous bind.
        assertFails(
                "success of the bind",
                play(ServiceChecks.ldap(), hex("300c 020101 6107 0a0130 0400 0400")));
        assertFails("LDAP message", play(ServiceChecks.ldap(), text("220 hello\r\n")));
    }

    @Test
    void tlsHello() {
        List<String> sent = new ArrayList<>();
        assertPasses(play(ServiceChecks.tlsHello(), sent, hex("16030300510200004d0303")));
        assertPasses(play(ServiceChecks.tlsHello(), hex("15030100020228")));
        String hello = sent.get(0);
        assertTrue(hello.startsWith("160301"), hello);
        int record = Integer.parseInt(hello.substring(6, 10), 16);
        assertEquals(hello.length(), 2 * (5 + record), "the record's length");
        int handshake = Integer.parseInt(hello.substring(12, 18), 16);
        assertEquals(record, handshake + 4, "the handshake's length");
        String plain = play(ServiceChecks.tlsHello(), text("HTTP/1.1 400 Bad Request\r\n\r\n"));
        assertTrue(plain.startsWith("Layer6 invalid response, step 2"), plain);
    }
}
