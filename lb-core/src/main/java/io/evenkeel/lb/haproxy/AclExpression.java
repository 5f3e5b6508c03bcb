package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.Condition;
import io.evenkeel.lb.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what an ACL consists of: a criterion, flags and patterns, such as {@code hdr(host) -i www.example.com}. */
final class AclExpression {
    private static final Set<String> METHODS =
            Set.of("found", "str", "beg", "end", "sub", "dir", "dom", "reg");
    private static final List<String> SUFFIXES =
            List.of("_beg", "_dir", "_dom", "_end", "_reg", "_sub");

    private final Words words;
    private final List<String> tokens;
    private final Function<String, @Nullable String> files;
    private int at;

    private String name = "";
    private @Nullable String argument;
    private boolean lower;
    private @Nullable String method;

    /** Whether the patterns may be none, as those of a file that is empty for now. */
    private boolean mayBeEmpty;

    /** Patterns that case counts for, and those that it does not. */
    private final List<String> exact = new ArrayList<>();

    private final List<String> folded = new ArrayList<>();

    AclExpression(Words words, List<String> tokens, Function<String, @Nullable String> files) {
        this.words = words;
        this.tokens = tokens;
        this.files = files;
    }

    /** What it says, or null after a report. */
    @Nullable Condition condition() {
        if (tokens.isEmpty()) {
            words.refuse("a criterion is missing, such as src or req.ssl_sni");
            return null;
        }
        return readFetch(tokens.get(at++)) && readFlags()
                ? words.report().orRefuse(words.line(), this::make)
                : null;
    }

    private boolean readFetch(String fetch) {
        int end = 0;
        while (end < fetch.length() && "(,".indexOf(fetch.charAt(end)) < 0) {
            end++;
        }
        name = fetch.substring(0, end);
        Keyword keyword = FetchKeywords.TABLE.get(name);
        if (keyword == null) {
            words.refuse(
                    "there is no criterion "
                            + Report.quote(name)
                            + Nearest.hint(name, FetchKeywords.TABLE.names()));
            return false;
        }
        if (!KeywordTable.carriedOut(words, name, keyword)) {
            return false;
        }
        if (fetch.startsWith("(", end)) {
            int close = fetch.indexOf(')', end);
            if (close < 0) {
                words.refuse("the ( of " + Report.quote(fetch) + " is not closed");
                return false;
            }
            argument = fetch.substring(end + 1, close);
            end = close + 1;
        }
        String converters = fetch.substring(end);
        lower = converters.equals(",lower");
        if (!converters.isEmpty() && !lower) {
            words.refuse(
                    "the converters of "
                            + Report.quote(fetch)
                            + " are not supported, but for ',lower'; write a condition that needs"
                            + " none");
            return false;
        }
        return isArgumentRight();
    }

    private boolean isArgumentRight() {
        boolean header = name.startsWith("hdr") || name.endsWith("hdr");
        String given = argument == null ? "" : argument;
        if (header && (given.isEmpty() || given.indexOf(',') >= 0)) {
            words.refuse(
                    "'"
                            + name
                            + "' needs the name of a header field and nothing else, such as "
                            + name
                            + "(host)");
            return false;
        }
        if (name.equals("ssl_c_s_dn")) {
            if (!given.equalsIgnoreCase("cn")) {
                words.refuse("'ssl_c_s_dn' is looked at for its common name only; write (cn)");
                return false;
            }
            return true;
        }
        if (!header && !given.isEmpty()) {
            words.refuse("'" + name + "' takes no argument; remove " + Report.quote(given));
            return false;
        }
        return true;
    }

    private boolean readFlags() {
        boolean ignoreCase = lower;
        while (at < tokens.size() && tokens.get(at).startsWith("-")) {
            String flag = tokens.get(at++);
            switch (flag) {
                case "--" -> {
                    mayBeEmpty = true;
                    readPatterns(ignoreCase);
                    return true;
                }
                case "-i" -> ignoreCase = true;
                case "-n" -> {
                    // Names are never looked up.
                }
                case "-m", "-f", "-u" -> {
                    if (at == tokens.size()) {
                        words.refuse("'" + flag + "' needs a word after it");
                        return false;
                    }
                    if (!readFlag(flag, tokens.get(at++), ignoreCase)) {
                        return false;
                    }
                }
                default -> {
                    words.refuse(
                            Report.quote(flag)
                                    + " is no flag that is supported: -i, -m, -f, -n, -u and --"
                                    + " are; write -- before patterns that begin with a dash");
                    return false;
                }
            }
        }
        readPatterns(ignoreCase);
        return true;
    }

    private boolean readFlag(String flag, String value, boolean ignoreCase) {
        if (flag.equals("-f")) {
            return readFile(value, ignoreCase);
        }
        if (flag.equals("-m")) {
            method = value;
        }
        return true;
    }

    /** Lines are patterns, but for empty ones and comments. */
    private boolean readFile(String file, boolean ignoreCase) {
        String content = files.apply(file);
        if (content == null) {
            words.refuse(
                    "the file "
                            + Report.quote(file)
                            + " of -f cannot be read; make it readable, or list its patterns on"
                            + " the line");
            return false;
        }
        mayBeEmpty = true;
        for (String line : content.split("\r?\n")) {
            String pattern = line.replaceFirst("^[ \t]+", "");
            if (!line.startsWith("#") && !pattern.isEmpty()) {
                (ignoreCase ? folded : exact).add(pattern);
            }
        }
        return true;
    }

    private void readPatterns(boolean ignoreCase) {
        (ignoreCase ? folded : exact).addAll(tokens.subList(at, tokens.size()));
    }

    private @Nullable Condition make() {
        String plain = plain();
        return switch (plain) {
            case "always_true" -> withoutPattern(Condition.always());
            case "always_false" -> withoutPattern(Condition.never());
            case "wait_end" -> withoutPattern(Condition.waitEnded());
            case "req.proto_http", "req_proto_http" -> withoutPattern(Condition.http());
            case "ssl_fc" -> withoutPattern(Condition.terminatedTls());
            case "ssl_fc_has_sni" ->
                    withoutPattern(Condition.terminatedServerName(TextMatch.anything()));
            case "ssl_fc_has_crt", "ssl_c_used" -> withoutPattern(Condition.clientCertificate());
            case "src", "dst" -> addresses();
            case "src_port", "dst_port" -> numbers();
            case "req.len", "req_len" -> only("gt 0", "ge 1", Condition.received());
            case "req.ssl_hello_type", "req_ssl_hello_type" -> only("1", "eq 1", Condition.tls());
            default -> text(plain);
        };
    }

    /** The name without the way of matching that it ends with. */
    private String plain() {
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix) && !name.equals("wait_end")) {
                method = method == null ? suffix.substring(1) : method;
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }

    private List<String> patterns() {
        List<String> all = new ArrayList<>(exact);
        all.addAll(folded);
        return all;
    }

    private @Nullable Condition withoutPattern(Condition condition) {
        if (!patterns().isEmpty() || method != null && !method.equals("bool")) {
            words.refuse("'" + name + "' takes no pattern; write it alone");
            return null;
        }
        return condition;
    }

    /** The only patterns that there is a condition for. */
    private @Nullable Condition only(String one, String other, Condition condition) {
        String given = String.join(" ", patterns());
        if (given.isEmpty() && mayBeEmpty && method == null) {
            return Condition.never();
        }
        if (!given.equals(one) && !given.equals(other) || method != null) {
            words.refuse(
                    "'"
                            + name
                            + "' can be asked for '"
                            + one
                            + "' only, not for "
                            + Report.quote(given));
            return null;
        }
        return condition;
    }

    private @Nullable Condition addresses() {
        if (!isMatchedWith("ip") || !hasPatterns()) {
            return null;
        }
        if (patterns().isEmpty()) {
            return Condition.never();
        }
        String[] blocks = patterns().toArray(new String[0]);
        return name.equals("src") ? Condition.source(blocks) : Condition.destination(blocks);
    }

    private @Nullable Condition numbers() {
        if (!isMatchedWith("int") || !hasPatterns()) {
            return null;
        }
        if (patterns().isEmpty()) {
            return Condition.never();
        }
        return PortPatterns.read(words, name, patterns());
    }

    private boolean isMatchedWith(String only) {
        if (method == null || method.equals(only)) {
            return true;
        }
        words.refuse("'" + name + "' can be matched with -m " + only + " only");
        return false;
    }

    /** As in HAProxy, nothing matches where there are none on purpose. */
    private boolean hasPatterns() {
        if (patterns().isEmpty() && !mayBeEmpty) {
            words.refuse("'" + name + "' needs a pattern to be compared with");
            return false;
        }
        return true;
    }

    private @Nullable Condition text(String plain) {
        String how = method == null ? "str" : method;
        if (!METHODS.contains(how)) {
            words.refuse(
                    "'"
                            + name
                            + "' cannot be matched with -m "
                            + Report.quote(how)
                            + "; use str, beg, end, sub, dir, dom, reg or found");
            return null;
        }
        if (how.equals("found")) {
            if (!patterns().isEmpty()) {
                words.refuse("-m found takes no pattern; write it alone");
                return null;
            }
            return of(plain, TextMatch.anything());
        }
        if (!hasPatterns()) {
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (boolean ignoreCase : new boolean[] {false, true}) {
            List<String> some = ignoreCase ? folded : exact;
            if (!some.isEmpty()) {
                Condition condition = text(plain, how, some, ignoreCase);
                if (condition == null) {
                    return null;
                }
                conditions.add(condition);
            }
        }
        return Condition.any(conditions);
    }

    private @Nullable Condition text(
            String plain, String how, List<String> some, boolean ignoreCase) {
        String[] patterns = some.toArray(new String[0]);
        boolean sni = plain.endsWith("ssl_sni");
        if (sni && how.equals("str")) {
            for (String pattern : some) {
                if (pattern.indexOf('*') >= 0) {
                    words.refuse(
                            "'*' stands for itself in "
                                    + Report.quote(pattern)
                                    + ", as in HAProxy, and no name has one; write -m end "
                                    + Report.quote(
                                            pattern.substring(pattern.lastIndexOf('*') + 1)));
                    return null;
                }
            }
            return Condition.sni(patterns);
        }
        if (sni && how.equals("end")) {
            return Condition.sniSuffix(patterns);
        }
        TextMatch match =
                switch (how) {
                    case "str" -> TextMatch.exact(patterns);
                    case "beg" -> TextMatch.prefix(patterns);
                    case "end" -> TextMatch.suffix(patterns);
                    case "sub" -> TextMatch.containing(patterns);
                    case "dir" -> TextMatch.directory(patterns);
                    case "dom" -> TextMatch.domain(patterns);
                    default -> TextMatch.regex(patterns);
                };
        return of(plain, ignoreCase ? match.ignoringCase() : match);
    }

    private Condition of(String plain, TextMatch match) {
        String header = argument == null ? "" : argument.toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "req.ssl_sni", "req_ssl_sni" -> Condition.sni(match);
            case "ssl_fc_sni" -> Condition.terminatedServerName(match);
            case "ssl_fc_alpn" -> Condition.terminatedProtocol(match);
            case "ssl_fc_protocol" -> Condition.terminatedVersion(match);
            case "ssl_c_s_dn" -> Condition.clientCommonName(match);
            case "req.ssl_alpn" -> Condition.alpn(match);
            case "method" -> Condition.method(match);
            case "path" -> Condition.path(match);
            case "url" -> Condition.uri(match);
            case "req.ver", "req_ver" -> Condition.httpVersion(match);
            case "hdr", "req.hdr" -> Condition.header(header, match);
            case "req.fhdr" -> Condition.wholeHeader(header, match);
            default -> throw new IllegalStateException("no code looks at " + plain);
        };
    }
}
