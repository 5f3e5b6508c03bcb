package io.evenkeel.lb;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of the first bytes that matches.
 *
 * @param header the name, for the header sources; else empty
 */
record TextCondition(Source source, String header, TextMatch match) implements Condition {
    /** Where the text comes from. */
    enum Source {
        SNI,
        ALPN,
        METHOD,
        PATH,
        URI,
        VERSION,
        HEADER,
        WHOLE_HEADER;

        boolean isTls() {
            return this == SNI || this == ALPN;
        }
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        boolean pending = source.isTls() ? facts.isTlsPending() : facts.isHttpPending();
        return pending ? Truth.UNKNOWN : Truth.of(matches(facts));
    }

    @Override
    public Set<Need> needs() {
        return Set.of(source.isTls() ? Need.TLS : Need.HTTP);
    }

    private boolean matches(ConnectionFacts facts) {
        if (source == Source.SNI) {
            return matches(facts.name(NameCondition.Name.SNI));
        }
        if (source == Source.ALPN) {
            return matchesAny(facts.protocols());
        }
        HttpRequest request = facts.request();
        if (request == null) {
            return false;
        }
        return switch (source) {
            case METHOD -> matches(request.method());
            case PATH -> matches(request.path());
            case URI -> matches(request.uri());
            case VERSION -> matches(request.version());
            default -> matchesField(request.fields());
        };
    }

    private boolean matches(@Nullable String text) {
        return text != null && match.matches(text, 0, text.length());
    }

    private boolean matchesAny(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (matches(texts.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesField(List<HttpRequest.Field> fields) {
        for (int i = 0; i < fields.size(); i++) {
            HttpRequest.Field field = fields.get(i);
            if (field.name().equalsIgnoreCase(header)
                    && (source == Source.WHOLE_HEADER
                            ? matches(field.value())
                            : matchesElement(field.value()))) {
                return true;
            }
        }
        return false;
    }

    /** Commas within quotes do not divide; spaces around an element do not count. */
    private boolean matchesElement(String value) {
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i <= value.length(); i++) {
            char c = i == value.length() ? ',' : value.charAt(i);
            if (c == '\\' && quoted && i + 1 < value.length()) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && (!quoted || i == value.length())) {
                if (matchesTrimmed(value, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private boolean matchesTrimmed(String value, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return match.matches(value, start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
