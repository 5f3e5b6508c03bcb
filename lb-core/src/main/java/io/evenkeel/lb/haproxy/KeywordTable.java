package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.haproxy.Keyword.Support;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keywords of one kind of line. */
final class KeywordTable {
    private final List<Keyword> keywords;
    private final Map<String, Keyword> byName = new HashMap<>();
    private final Map<String, TreeSet<String>> secondWords = new HashMap<>();

    KeywordTable(List<Keyword> keywords) {
        this.keywords = List.copyOf(keywords);
        for (Keyword keyword : keywords) {
            for (String name : keyword.names()) {
                if (byName.put(name, keyword) != null) {
                    throw new IllegalArgumentException("twice in the table: " + name);
                }
                int space = name.indexOf(' ');
                if (space > 0) {
                    secondWords
                            .computeIfAbsent(name.substring(0, space), first -> new TreeSet<>())
                            .add(name.substring(space + 1));
                }
            }
        }
    }

    /** A row; its sections are letters: G D F L B, S for server lines, b for bind lines,
     * R for resolvers, P for peers, U for udp-lb. */
    static Keyword supported(String names, String sections, String note) {
        return Keyword.of(names, sections, Support.SUPPORTED, note);
    }

    static Keyword ignored(String names, String sections, String note) {
        return Keyword.of(names, sections, Support.IGNORED, note);
    }

    static Keyword refused(String names, String sections, String note) {
        return Keyword.of(names, sections, Support.REFUSED, note);
    }

    List<Keyword> keywords() {
        return keywords;
    }

    @Nullable Keyword get(String name) {
        return byName.get(name);
    }

    /** Takes one or two words off the line, as many as name a keyword; one if none do. */
    String take(Words words) {
        String first = words.next();
        String both = first + " " + words.peek();
        if (words.hasNext() && byName.containsKey(both)) {
            words.next();
            return both;
        }
        return first;
    }

    /** Every keyword. */
    List<String> names() {
        return keywords.stream().flatMap(keyword -> keyword.names().stream()).toList();
    }

    /** The keywords of {@code section}, to guess what was meant. */
    List<String> names(Section section) {
        List<String> names = new ArrayList<>();
        for (Keyword keyword : keywords) {
            if (keyword.sections().contains(section)) {
                names.addAll(keyword.names());
            }
        }
        return names;
    }

    /** The second words of the keywords that start with {@code first}, in order. */
    List<String> after(String first) {
        TreeSet<String> seconds = secondWords.get(first);
        return seconds == null ? List.of() : List.copyOf(seconds);
    }

    /** Whether {@code first} is a keyword or the first word of one. */
    boolean isFirstWord(String first) {
        return byName.containsKey(first) || secondWords.containsKey(first);
    }

    /** Reports a keyword that is not carried out. Returns whether it is. */
    static boolean carriedOut(Words words, String name, Keyword keyword) {
        switch (keyword.support()) {
            case SUPPORTED -> {
                return true;
            }
            case IGNORED -> words.warn("'" + name + "' has no effect: " + keyword.note());
            case REFUSED -> words.refuse("'" + name + "' is not supported: " + keyword.note());
        }
        words.skipRest();
        return false;
    }
}
