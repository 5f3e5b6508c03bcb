package io.evenkeel.lb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Checks for well-known services: each says what a client says first, and looks at the answer. {@code haproxy.cfg} names them {@code
 * option redis-check}, {@code smtpchk}, {@code pgsql-check}, {@code mysql-check}, {@code ldap-check} and {@code ssl-hello-chk}.
 */
public final class ServiceChecks {
    private static final String ONE_LINE_END = "\r\n";

    private ServiceChecks() {}

    /** Redis: {@code PING} must be answered by {@code +PONG}. */
    public static TcpCheck redis() {
        return TcpCheck.builder()
                .send("*1\r\n$4\r\nPING\r\n")
                // An error is a line too, such as of a server that is loading or wants a password.
                .step(TcpExpect.builder(TcpExpect.Match.STRING, "\n").comment("a line").build())
                .step(
                        TcpExpect.builder(TcpExpect.Match.STRING, "+PONG\r\n")
                                .minReceivedBytes(0)
                                .build())
                .build();
    }

    /**
     * SMTP (RFC 5321): the greeting, the hello and the quit must each be answered by a code that starts with 2.
     *
     * @param hello {@code HELO} or {@code EHLO}
     * @param domain the name to present, such as {@code localhost}
     */
    public static TcpCheck smtp(String hello, String domain) {
        TcpCheck.Builder check = TcpCheck.builder();
        smtpReply(check, "greeting");
        check.send(hello + " " + domain + ONE_LINE_END);
        smtpReply(check, "answer to " + hello);
        check.send("QUIT\r\n");
        smtpReply(check, "answer to QUIT");
        return check.build();
    }

    /** A reply ends with the line whose code is followed by a space or nothing. */
    private static void smtpReply(TcpCheck.Builder check, String what) {
        check.step(
                        TcpExpect.builder(TcpExpect.Match.REGEX, "\\A[0-9]{3}")
                                .minReceivedBytes(3)
                                .comment(what)
                                .build())
                .step(
                        TcpExpect.builder(TcpExpect.Match.REGEX, "(?m)^[0-9]{3}(?: .*)?\r?\n")
                                .comment(what)
                                .build())
                .step(
                        TcpExpect.builder(TcpExpect.Match.REGEX, "\\A2")
                                .minReceivedBytes(0)
                                .errorStatus(CheckStatus.L7STS)
                                .comment(what)
                                .build());
    }

    /** PostgreSQL: the start-up message must be answered by a request to authenticate, or by that it is not needed. */
    public static TcpCheck postgres(String user) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        Packet packet = new Packet().integer(0x00030000, 4);
        packet.text("user").integer(0, 1).bytes(name).integer(0, 1);
        packet.text("application_name").integer(0, 1).text("evenkeel-check").integer(0, 1);
        packet.integer(0, 1);
        String message = new Packet().integer(packet.length() + 4, 4).text() + packet.text();
        return TcpCheck.builder()
                .step(new TcpSend(message, "start-up message"))
                .step(
                        TcpExpect.builder(TcpExpect.Match.BINARY_REGEX, "\\A52000000")
                                .minReceivedBytes(9)
                                .comment("authentication request")
                                .build())
                .build();
    }

    /** MySQL and MariaDB: the server must greet. It counts a connection that nobody logs in on as an error: give a user. */
    public static TcpCheck mysql() {
        return mysqlGreeting(TcpCheck.builder()).build();
    }

    /**
     * MySQL and MariaDB: the server must greet, and take the login of this user, who needs no password and no right.
     *
     * @param before41 whether to log in as clients before version 4.1 do ({@code pre-41})
     */
    public static TcpCheck mysql(String user, boolean before41) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        Packet login = new Packet();
        if (before41) {
            // Long password, and the old scramble; the longest packet; name; no password.
            login.little(0x0001, 2).little((1 << 24) - 1, 3).bytes(name).integer(0, 1);
        } else {
            // Long password, protocol 4.1, secure connection; the longest packet; latin1.
            login.little(0x8201, 4).little(1 << 24, 4).integer(8, 1);
            login.text("\0".repeat(23)).bytes(name).integer(0, 1).integer(0, 1);
        }
        String message =
                new Packet().little(login.length(), 3).integer(1, 1).text()
                        + login.text()
                        // COM_QUIT: without it the server notes an aborted connection.
                        + new Packet().little(1, 3).integer(0, 1).integer(1, 1).text();
        return mysqlGreeting(TcpCheck.builder())
                .step(new TcpSend(message, "login of " + user))
                .step(mysqlAnswer("\\A......02(?!FF)", "answer to the login"))
                .build();
    }

    private static TcpCheck.Builder mysqlGreeting(TcpCheck.Builder check) {
        // Length, number 0, protocol version 9 or 10; an error has ff there.
        return check.step(mysqlAnswer("\\A......00(?:09|0A)", "greeting"));
    }

    private static TcpExpect mysqlAnswer(String regex, String what) {
        return TcpExpect.builder(TcpExpect.Match.BINARY_REGEX, regex)
                .minReceivedBytes(5)
                .comment(what)
                .build();
    }

    /** LDAPv3 (RFC 4511): an anonymous bind must succeed. */
    public static TcpCheck ldap() {
        String length = "(?:[0-7].|81..|82.{4}|83.{6}|84.{8})";
        String response = "\\A30" + length + "02010161" + length + "0A01";
        return TcpCheck.builder()
                .step(new TcpSend(binary("300c020101600702010304008000"), "anonymous bind"))
                .step(
                        TcpExpect.builder(TcpExpect.Match.BINARY_REGEX, "\\A30")
                                .minReceivedBytes(1)
                                .comment("LDAP message")
                                .build())
                .step(
                        TcpExpect.builder(TcpExpect.Match.BINARY_REGEX, response + "..")
                                .comment("bind response")
                                .build())
                .step(
                        TcpExpect.builder(TcpExpect.Match.BINARY_REGEX, response + "00")
                                .minReceivedBytes(0)
                                .errorStatus(CheckStatus.L7STS)
                                .comment("success of the bind")
                                .build())
                .build();
    }

    /**
     * TLS without a handshake: a hello must be answered by a hello, or by an alert, which too says that the server speaks TLS. {@link
     * CheckConfig#tls()} does more.
     */
    public static TcpCheck tlsHello() {
        Packet extensions = new Packet();
        // Groups x25519, P-256, P-384; signatures by ECDSA, RSA-PSS and RSA with SHA-256, SHA-384.
        extensions.text(binary("000a00080006001d00170018"));
        extensions.text(binary("000d000e000c040305030804080504010501"));
        Packet hello = new Packet().integer(0x0303, 2);
        // The random bytes are never used: the handshake ends here.
        hello.text("EvenkeelEvenkeelEvenkeelEvenkeel").integer(0, 1);
        hello.text(binary("0012" + "c02bc02fc02cc030009c009d002f003500ff")).text(binary("0100"));
        hello.integer(extensions.length(), 2).text(extensions.text());
        String handshake =
                new Packet().integer(1, 1).integer(hello.length(), 3).text() + hello.text();
        String record = new Packet().text(binary("160301")).integer(handshake.length(), 2).text();
        return TcpCheck.builder()
                .step(new TcpSend(record + handshake, "TLS hello"))
                .step(
                        TcpExpect.builder(TcpExpect.Match.BINARY_REGEX, "\\A1[56]03")
                                .minReceivedBytes(5)
                                .okStatus(CheckStatus.L6OK)
                                .errorStatus(CheckStatus.L6RSP)
                                .timeoutStatus(CheckStatus.L6TOUT)
                                .comment("TLS hello or alert of the server")
                                .build())
                .build();
    }

    private static String binary(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
    }

    /** Puts bytes together, each one character. */
    private static final class Packet {
        private final StringBuilder bytes = new StringBuilder();

        Packet text(String latin1) {
            bytes.append(latin1);
            return this;
        }

        Packet bytes(byte[] more) {
            return text(new String(more, StandardCharsets.ISO_8859_1));
        }

        /** The lowest bytes of a number, the highest of them first. */
        Packet integer(int value, int size) {
            for (int i = size - 1; i >= 0; i--) {
                bytes.append((char) (value >>> 8 * i & 0xff));
            }
            return this;
        }

        /** The same, the lowest first. */
        Packet little(int value, int size) {
            for (int i = 0; i < size; i++) {
                bytes.append((char) (value >>> 8 * i & 0xff));
            }
            return this;
        }

        int length() {
            return bytes.length();
        }

        String text() {
            return bytes.toString();
        }
    }
}
