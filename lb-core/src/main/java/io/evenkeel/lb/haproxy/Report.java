package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.InvalidConfigException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is to be said about one file. */
final class Report {
    private static final int LONGEST_QUOTE = 60;

    private final String file;
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();
    private final Set<ConfigProblem> warnings = new LinkedHashSet<>();

    Report(String file) {
        this.file = file;
    }

    void refuse(int line, String message) {
        problems.add(new ConfigProblem(file, line, message));
    }

    void warn(int line, String message) {
        warnings.add(new ConfigProblem(file, line, message));
    }

    /** Notes that a line binds an address, and refuses it if another one does so. */
    void claim(Map<BindAddress, Integer> bindLines, BindAddress address, int line) {
        Integer before = bindLines.putIfAbsent(address, line);
        if (before != null) {
            refuse(
                    line,
                    "the address "
                            + address
                            + " is bound on line "
                            + before
                            + " already; remove one of the two");
        }
    }

    /** What {@code made} gives, or null when the model refuses it, which then is a problem of {@code line}. */
    <T> @Nullable T orRefuse(int line, Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidConfigException refused) {
            refused.problems()
                    .forEach(p -> refuse(line, escaped(field(p.path()) + " " + p.message())));
            return null;
        }
    }

    /** Whether the model has nothing against what is done; else that is a problem of {@code line}. */
    boolean orRefuse(int line, Runnable done) {
        return orRefuse(
                        line,
                        () -> {
                            done.run();
                            return true;
                        })
                != null;
    }

    /** The path without what the line makes clear. */
    private static String field(String path) {
        return path.replaceFirst("^(?:httpCheck|expect|send|tls)\\.", "");
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    List<ConfigProblem> problems() {
        return byLine(problems);
    }

    List<ConfigProblem> warnings() {
        return byLine(warnings);
    }

    private static List<ConfigProblem> byLine(Set<ConfigProblem> found) {
        return found.stream().sorted(Comparator.comparingInt(ConfigProblem::line)).toList();
    }

    /** A word of the file in quotes, fit for a terminal: shortened, control characters escaped. */
    static String quote(String word) {
        boolean whole = word.length() <= LONGEST_QUOTE;
        return "'" + escaped(whole ? word : word.substring(0, LONGEST_QUOTE) + "...") + "'";
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (Character.isISOControl(c)) {
                out.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
