package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host name that is one of some names or ends like one of some suffixes. */
final class NameCondition implements Condition {
    /** Which name. */
    enum Name {
        /** What the TLS ClientHello asks for. */
        SNI,
        /** What the Host field of the first HTTP request says, without its port. */
        HOST
    }

    /**
     * What a name is compared with.
     *
     * @param text in lower case, without a dot at the end
     * @param suffix whether it may be the end of a longer name
     */
    record Pattern(String text, boolean suffix) {
        boolean matches(String name) {
            return suffix ? name.endsWith(text) : name.equals(text);
        }
    }

    /** With more patterns than this an index is quicker. */
    private static final int MOST_COMPARED = 4;

    private final Name name;
    private final List<Pattern> patterns;
    private final @Nullable NameIndex index;

    private NameCondition(Name name, List<Pattern> patterns) {
        this.name = name;
        this.patterns = List.copyOf(patterns);
        NameIndex all = null;
        if (patterns.size() > MOST_COMPARED) {
            all = new NameIndex();
            for (Pattern pattern : this.patterns) {
                all.add(pattern, 0);
            }
        }
        index = all;
    }

    static NameCondition of(Name name, List<String> names) {
        Problems problems = problems(name);
        List<Pattern> patterns = new ArrayList<>();
        for (String text : names) {
            boolean wildcard = text.startsWith("*.");
            String rest = ConnectionFacts.hostName(wildcard ? text.substring(1) : text);
            if (rest.length() < 2 && wildcard || rest.isEmpty() || rest.indexOf('*') >= 0) {
                problems.add(
                        "",
                        "'"
                                + text
                                + "' is no name; write www.example.com, or *.example.com for all"
                                + " names below example.com");
            }
            patterns.add(new Pattern(rest, wildcard));
        }
        problems.throwIfAny();
        return new NameCondition(name, patterns);
    }

    static NameCondition suffixes(Name name, List<String> suffixes) {
        Problems problems = problems(name);
        List<Pattern> patterns = new ArrayList<>();
        for (String text : suffixes) {
            String suffix = ConnectionFacts.hostName(text);
            if (suffix.isEmpty()) {
                problems.add("", "'" + text + "' is no end of a name; write .example.com");
            }
            patterns.add(new Pattern(suffix, true));
        }
        problems.throwIfAny();
        return new NameCondition(name, patterns);
    }

    private static Problems problems(Name name) {
        return new Problems(name == Name.SNI ? "sni" : "host");
    }

    Name name() {
        return name;
    }

    List<Pattern> patterns() {
        return patterns;
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        String text = facts.name(name);
        if (text == null) {
            return facts.isPending(name) ? Truth.UNKNOWN : Truth.FALSE;
        }
        if (index != null) {
            return Truth.of(index.contains(text));
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(text)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(name == Name.SNI ? Need.TLS : Need.HTTP);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NameCondition that
                && name == that.name
                && patterns.equals(that.patterns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, patterns);
    }

    @Override
    public String toString() {
        return name + " in " + patterns;
    }
}
