package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.HttpHeader;
import io.evenkeel.lb.TcpConnect;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the lines that say how servers are checked. */
final class CheckParser {
    private static final int LONGEST_PATTERN = 200;

    private CheckParser() {}

    /** {@code option httpchk [[method] uri [version]]}. */
    static void option(Words words, CheckRules rules) {
        List<String> given = new ArrayList<>();
        while (words.hasNext() && given.size() < 3) {
            given.add(words.next());
        }
        words.end("option httpchk");
        String method = given.size() > 1 ? given.get(0) : null;
        String uri = given.isEmpty() ? null : given.get(given.size() > 1 ? 1 : 0);
        String version = null;
        Headers headers = new Headers();
        if (given.size() > 2) {
            // The form before "http-check send": headers follow the version, line ends escaped.
            String[] parts = given.get(2).split("\r?\n");
            version = parts.length == 0 ? "" : parts[0];
            for (int i = 1; i < parts.length; i++) {
                int colon = parts[i].indexOf(':');
                if (colon > 0) {
                    String value = parts[i].substring(colon + 1).strip();
                    headers.add(words, parts[i].substring(0, colon), value);
                } else {
                    words.refuse("no header: " + Report.quote(parts[i]) + "; write 'Name: value'");
                }
            }
        }
        rules.option(
                new CheckRules.Request(
                        words.line(), method, uri, version, headers.host, headers.list));
    }

    /** {@code http-check send [meth M] [uri U] [ver V] [hdr NAME VALUE]...}. */
    static void send(Words words, CheckRules rules) {
        String method = null;
        String uri = null;
        String version = null;
        Headers headers = new Headers();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "meth" -> method = words.argument(word, "a method such as GET");
                case "uri" -> uri = words.argument(word, "a path such as /healthz");
                case "ver" -> version = words.argument(word, "HTTP/1.0 or HTTP/1.1");
                case "comment" -> words.argument(word, "a text");
                case "hdr" -> {
                    String name = words.argument(word, "a header name and its value");
                    String value = words.argument(word, "a header name and its value");
                    if (name != null && value != null) {
                        headers.add(words, name, literal(words, value));
                    }
                }
                case "body", "body-lf", "uri-lf" -> {
                    words.refuse(
                            "'http-check send "
                                    + word
                                    + "' is not supported: a check sends"
                                    + " a request without body or log-format; write meth, uri, ver, hdr");
                    words.argument(word, "a text");
                }
                default -> {
                    words.unknown(word, "http-check send", List.of("meth", "uri", "ver", "hdr"));
                    return;
                }
            }
        }
        rules.startHttpRule(words.line());
        once(words, "http-check send", rules.sendLine);
        rules.send(
                new CheckRules.Request(
                        words.line(), method, uri, version, headers.host, headers.list));
    }

    /** {@code http-check connect}. */
    static void connect(Words words, CheckRules rules) {
        String of = "http-check connect";
        TcpConnect connect = ConnectParser.read(words, of, null);
        if (connect == null) {
            return;
        }
        rules.startHttpRule(words.line());
        once(words, of, rules.connect == null ? 0 : rules.connect.line());
        if (rules.sendLine != 0 || rules.expect != null) {
            words.refuse("'" + of + "' must stand before the other check rules; move it up");
        }
        rules.connect = new CheckRules.Connect(words.line(), connect);
    }

    /** {@code http-check expect [!] status CODES | rstatus REGEX}. */
    static void expect(Words words, CheckRules rules) {
        while (words.peek().equals("comment")) {
            words.next();
            words.argument("comment", "a text");
        }
        boolean negated = words.peek().equals("!");
        if (negated) {
            words.next();
        }
        String what = words.argument("http-check expect", "'status' or 'rstatus'");
        if (what == null) {
            return;
        }
        if (what.startsWith("!")) {
            negated = true;
            what = what.substring(1);
        }
        ExpectedStatus status;
        switch (what) {
            case "status" -> status = statuses(words);
            case "rstatus" -> status = matching(words);
            case "string",
                    "rstring",
                    "string-lf",
                    "hdr",
                    "fhdr",
                    "min-recv",
                    "ok-status",
                    "error-status",
                    "tout-status",
                    "on-success",
                    "on-error",
                    "status-code" -> {
                words.refuse(
                        "'http-check expect "
                                + what
                                + "' is not supported: only the status"
                                + " of the answer is looked at; write 'status' or 'rstatus'");
                words.skipRest();
                return;
            }
            default -> {
                words.unknown(what, "http-check expect", List.of("status", "rstatus"));
                return;
            }
        }
        words.end("http-check expect");
        if (status != null) {
            rules.startHttpRule(words.line());
            once(words, "http-check expect", rules.expect == null ? 0 : rules.expect.line());
            rules.expect =
                    new CheckRules.Expect(
                            words.line(), new ExpectedStatus(status.ranges(), negated));
        }
    }

    private static @Nullable ExpectedStatus statuses(Words words) {
        String codes = words.argument("status", "codes such as 200 or 200-299");
        return codes == null
                ? null
                : words.report().orRefuse(words.line(), () -> ExpectedStatus.parse(codes));
    }

    /** A status has three digits, so a pattern is the list of the codes that it matches. */
    private static @Nullable ExpectedStatus matching(Words words) {
        String text = words.argument("rstatus", "a regular expression such as ^2");
        if (text == null) {
            return null;
        }
        List<ExpectedStatus.Range> ranges = new ArrayList<>();
        if (text.length() <= LONGEST_PATTERN && text.indexOf('{') < 0) {
            try {
                Pattern pattern = Pattern.compile(text);
                int first = 0;
                for (int code = 100; code <= 1000; code++) {
                    boolean found = code < 1000 && pattern.matcher("" + code).find();
                    if (found && first == 0) {
                        first = code;
                    } else if (!found && first != 0) {
                        ranges.add(new ExpectedStatus.Range(first, code - 1));
                        first = 0;
                    }
                }
            } catch (PatternSyntaxException malformed) {
                words.refuse(
                        "'rstatus' "
                                + Report.quote(text)
                                + " is no regular expression: "
                                + malformed.getDescription());
                return null;
            }
        }
        if (ranges.isEmpty()) {
            words.refuse(
                    "'rstatus' "
                            + Report.quote(text)
                            + " matches no status from 100 to 999, is"
                            + " too long or counts with braces; write a pattern such as ^[23]");
            return null;
        }
        return new ExpectedStatus(ranges, false);
    }

    /** HAProxy reads the values of headers as a log-format; only its {@code %%} is understood. */
    private static String literal(Words words, String value) {
        String literal = value.replace("%%", "\0");
        if (literal.indexOf('%') >= 0) {
            words.refuse(
                    "the header value "
                            + Report.quote(value)
                            + " holds a log-format variable, which is not supported; write the text, and"
                            + " %% for a percent sign");
        }
        return literal.replace('\0', '%');
    }

    private static void once(Words words, String of, int line) {
        if (line != 0) {
            words.refuse(
                    "'"
                            + of
                            + "' is on line "
                            + line
                            + " already; a check has one of each"
                            + " rule, so remove one");
        }
    }

    /** The headers of a request; Host is kept apart. */
    private static final class Headers {
        private List<HttpHeader> list = List.of();
        private @Nullable String host;

        void add(Words words, String name, String value) {
            if (name.equalsIgnoreCase("Host")) {
                host = value;
                return;
            }
            HttpHeader header =
                    words.report().orRefuse(words.line(), () -> new HttpHeader(name, value));
            if (header != null) {
                List<HttpHeader> more = new ArrayList<>(list);
                more.add(header);
                list = List.copyOf(more);
            }
        }
    }
}
