package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code stick on}, {@code stick match} and {@code stick store-request} lines. */
final class StickRuleParser {
    private static final Map<String, StickKeySource> SOURCES =
            Map.of(
                    "src", StickKeySource.SOURCE,
                    "dst", StickKeySource.DESTINATION,
                    "dst_port", StickKeySource.DESTINATION_PORT,
                    "req.ssl_sni", StickKeySource.SNI,
                    "req_ssl_sni", StickKeySource.SNI);
    private static final List<String> NAMES =
            List.of("src", "dst", "dst_port", "req.ssl_sni", "req_ssl_sni");

    private StickRuleParser() {}

    static void read(Words words, String keyword, ProxyDraft draft) {
        StickRule.Kind kind =
                switch (keyword) {
                    case "stick on" -> StickRule.Kind.ON;
                    case "stick match" -> StickRule.Kind.MATCH;
                    default -> StickRule.Kind.STORE_REQUEST;
                };
        String pattern = words.argument(keyword, "what to stick to, such as src");
        StickKeySource source = pattern == null ? null : source(words, keyword, pattern);
        String table = null;
        boolean complete = true;
        if (words.peek().equals("table")) {
            words.next();
            table = words.argument("table", "the name of a section with a stick table");
            complete = table != null;
        }
        if (words.peek().equals("if") || words.peek().equals("unless")) {
            words.refuse(
                    "'"
                            + keyword
                            + "' under a condition is not supported: it holds for every connection;"
                            + " remove "
                            + Report.quote(words.rest()));
            complete = false;
        }
        complete &= !words.hasNext();
        words.end(keyword);
        if (source != null && complete) {
            draft.stickRules.add(
                    new ProxyDraft.Stick(new StickRule(kind, source, table), words.line()));
        }
    }

    private static @Nullable StickKeySource source(Words words, String keyword, String pattern) {
        String name = pattern.endsWith("()") ? pattern.substring(0, pattern.length() - 2) : pattern;
        StickKeySource source = SOURCES.get(name);
        if (source == null) {
            int comma = pattern.indexOf(',');
            boolean converted = comma > 0 && SOURCES.containsKey(pattern.substring(0, comma));
            words.refuse(
                    "'"
                            + keyword
                            + "' cannot go by "
                            + Report.quote(pattern)
                            + (converted
                                    ? ": keys are taken as they are, without a converter; write "
                                            + Report.quote(pattern.substring(0, comma))
                                    : Nearest.hint(name, NAMES)
                                            + "; write one of "
                                            + String.join(", ", NAMES)));
        }
        return source;
    }
}
