package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.TcpConnect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what follows {@code http-check connect} and {@code tcp-check connect}. */
final class ConnectParser {
    private ConnectParser() {}

    /**
     * Reads to the end of the line.
     *
     * @return null after a word was refused that makes the rest unreadable
     */
    static @Nullable TcpConnect read(Words words, String of, @Nullable String usualComment) {
        boolean usual = false;
        boolean tls = false;
        boolean linger = false;
        int port = 0;
        String host = null;
        String sni = null;
        String comment = usualComment;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "default" -> usual = true;
                case "ssl" -> tls = true;
                case "comment" -> comment = words.argument(word, "a text");
                case "linger" -> {
                    linger = true;
                    if (of.startsWith("http")) {
                        words.warn("'linger' has no effect: how a check is closed is not set here");
                    }
                }
                case "port" -> {
                    String text = words.argument(word, "a port");
                    Integer value = text == null ? null : Addresses.port(words, "'port'", text);
                    port = value == null ? 0 : value;
                }
                case "addr", "sni" -> {
                    String text = words.argument(word, "an address or a name");
                    String what = "'" + word + "'";
                    if (word.equals("addr")) {
                        host = text == null ? null : Addresses.host(words, what, text, false);
                    } else {
                        sni = text == null ? null : Addresses.name(words, what, text);
                    }
                }
                case "send-proxy" ->
                        words.refuse(
                                "'"
                                        + of
                                        + " send-proxy' is not supported: the server line says"
                                        + " which header its checks have; write 'default' here and"
                                        + " 'check-send-proxy' there");
                case "alpn", "proto", "via-socks4" -> {
                    words.refuse(
                            "'"
                                    + of
                                    + " "
                                    + word
                                    + "' is not supported: a check is TCP or"
                                    + " TLS with HTTP/1; remove it");
                    if (word.equals("alpn") || word.equals("proto")) {
                        words.argument(word, "a protocol");
                    }
                }
                default -> {
                    words.unknown(word, of, List.of("default", "ssl", "port", "addr", "sni"));
                    return null;
                }
            }
        }
        return new TcpConnect(usual, host, port, tls, sni, linger, comment);
    }
}
