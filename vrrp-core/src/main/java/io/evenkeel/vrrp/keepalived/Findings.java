package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one file, so that every problem is reported in one pass. */
final class Findings {
    private final String file;
    private final Set<ConfigProblem> errors = new LinkedHashSet<>();
    private final Set<ConfigProblem> warnings = new LinkedHashSet<>();

    Findings(String file) {
        this.file = file;
    }

    void error(int line, String message) {
        errors.add(new ConfigProblem(file, line, message));
    }

    void warning(int line, String message) {
        warnings.add(new ConfigProblem(file, line, message));
    }

    String file() {
        return file;
    }

    List<ConfigProblem> warnings() {
        return inOrderOfLines(warnings);
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ConfigException(inOrderOfLines(errors));
        }
    }

    private static List<ConfigProblem> inOrderOfLines(Set<ConfigProblem> problems) {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ConfigProblem::line));
        return List.copyOf(sorted);
    }
}
