package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.TcpCheckStep;
import io.evenkeel.lb.TcpConnect;
import io.evenkeel.lb.TcpExpect;
import io.evenkeel.lb.TcpSend;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code tcp-check} lines. */
final class TcpCheckParser {
    private static final Map<String, TcpExpect.Match> MATCHES =
            Map.of(
                    "string", TcpExpect.Match.STRING,
                    "binary", TcpExpect.Match.BINARY,
                    "rstring", TcpExpect.Match.REGEX,
                    "rbinary", TcpExpect.Match.BINARY_REGEX);

    private final Words words;
    private final CheckRules rules;

    private TcpCheckParser(Words words, CheckRules rules) {
        this.words = words;
        this.rules = rules;
    }

    static void read(Words words, CheckRules rules, String name) {
        TcpCheckParser parser = new TcpCheckParser(words, rules);
        switch (name) {
            case "tcp-check connect" -> parser.connect();
            case "tcp-check send" -> parser.send(name, false);
            case "tcp-check send-binary" -> parser.send(name, true);
            case "tcp-check expect" -> parser.expect();
            default -> parser.comment();
        }
    }

    private void comment() {
        String text = words.argument("tcp-check comment", "a text");
        rules.startTcpRule(words.line());
        rules.stepComment = text;
        words.end("tcp-check comment");
    }

    private void connect() {
        TcpConnect connect = ConnectParser.read(words, "tcp-check connect", rules.stepComment);
        rules.startTcpRule(words.line());
        if (!rules.steps.isEmpty() && !(rules.steps.get(0) instanceof TcpConnect)) {
            words.refuse(
                    "'tcp-check connect' follows other steps, so the first step must be a connect"
                            + " too; write 'tcp-check connect' in front of them");
            return;
        }
        add(connect);
    }

    private void send(String name, boolean binary) {
        String text =
                words.argument(name, binary ? "bytes in hexadecimal such as 50494e47" : "a text");
        String comment = rules.stepComment;
        while (words.hasNext()) {
            String word = words.next();
            if (!word.equals("comment")) {
                words.unknown(word, name, List.of("comment"));
                return;
            }
            comment = words.argument(word, "a text");
        }
        String bytes = text == null ? null : binary ? hexadecimal(name, text) : ascii(name, text);
        rules.startTcpRule(words.line());
        String remark = comment;
        add(
                bytes == null
                        ? null
                        : words.report().orRefuse(words.line(), () -> new TcpSend(bytes, remark)));
    }

    private void expect() {
        TcpExpect.Match match = null;
        String wanted = null;
        boolean negated = false;
        String comment = rules.stepComment;
        int least = TcpExpect.UNLIMITED_WAIT;
        CheckStatus ok = CheckStatus.L7OK;
        CheckStatus error = CheckStatus.L7RSP;
        CheckStatus timeout = CheckStatus.L7TOUT;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "comment" -> comment = words.argument(word, "a text");
                case "min-recv" -> {
                    Integer value = words.integer(word, -1, Integer.MAX_VALUE);
                    least = value == null ? least : value;
                }
                case "ok-status" -> ok = status(word, ok, "L7OK", "L7OKC", "L6OK", "L4OK");
                case "error-status" ->
                        error = status(word, error, "L7OKC", "L7RSP", "L7STS", "L6RSP", "L4CON");
                case "tout-status" -> timeout = status(word, timeout, "L7TOUT", "L6TOUT", "L4TOUT");
                case "on-success", "on-error", "status-code" -> {
                    words.refuse(
                            "'tcp-check expect "
                                    + word
                                    + "' is not supported: it is a log-format or an expression,"
                                    + " and the messages of checks are not set here; remove it");
                    words.argument(word, "an argument");
                }
                default -> {
                    if (word.equals("!") && words.hasNext()) {
                        negated = true;
                        word = words.next();
                    } else if (word.startsWith("!")) {
                        negated = true;
                        word = word.substring(1);
                    }
                    if (wanted != null) {
                        words.refuse(
                                "'tcp-check expect' looks for one pattern, and "
                                        + Report.quote(word)
                                        + " follows it; write a line for each, and a backslash"
                                        + " before a space");
                        words.skipRest();
                        return;
                    }
                    if (!MATCHES.containsKey(word)) {
                        unknownMatch(word);
                        return;
                    }
                    match = MATCHES.get(word);
                    wanted = words.argument(word, "what to look for");
                    if (wanted == null) {
                        return;
                    }
                }
            }
        }
        if (match == null || wanted == null) {
            words.refuse(
                    "'tcp-check expect' says nothing to look for; write string, binary, rstring"
                            + " or rbinary and a pattern");
            return;
        }
        String bytes =
                switch (match) {
                    case BINARY -> hexadecimal("binary", wanted);
                    case STRING -> ascii("string", wanted);
                    case REGEX, BINARY_REGEX -> wanted;
                };
        rules.startTcpRule(words.line());
        if (bytes != null) {
            TcpExpect.Builder expect =
                    TcpExpect.builder(match, bytes)
                            .negated(negated)
                            .minReceivedBytes(least)
                            .okStatus(ok)
                            .errorStatus(error)
                            .timeoutStatus(timeout)
                            .comment(comment);
            add(words.report().orRefuse(words.line(), expect::build));
        }
    }

    private void unknownMatch(String word) {
        if (word.endsWith("-lf")) {
            words.refuse(
                    "'tcp-check expect "
                            + word
                            + "' is not supported: there are no log-formats; write the text with"
                            + " string or binary");
            words.skipRest();
            return;
        }
        words.unknown(
                word,
                "tcp-check expect",
                List.of("string", "binary", "rstring", "rbinary", "min-recv", "comment"));
    }

    private CheckStatus status(String of, CheckStatus otherwise, String... allowed) {
        String word = words.choice(of, List.of(allowed));
        return word == null ? otherwise : CheckStatus.valueOf(word);
    }

    private void add(@Nullable TcpCheckStep step) {
        if (step != null) {
            rules.steps.add(step);
        }
    }

    private @Nullable String ascii(String of, String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        words.refuse(
                "'"
                        + of
                        + "' holds a character that is not ASCII, so its bytes are not clear;"
                        + " write them in hexadecimal, with send-binary or expect binary");
        return null;
    }

    private @Nullable String hexadecimal(String of, String digits) {
        if (digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit)) {
            return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
        }
        words.refuse(
                "'"
                        + of
                        + "' "
                        + Report.quote(digits)
                        + " is no row of bytes; write two hexadecimal digits for each");
        return null;
    }
}
