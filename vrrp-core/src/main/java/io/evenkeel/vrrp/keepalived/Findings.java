package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is wrong with a file and those it includes, so that every problem is reported in one pass. */
final class Findings {
    private final String file;
    private final Map<String, Integer> order = new HashMap<>();
    private final Set<ConfigProblem> errors = new LinkedHashSet<>();
    private final Set<ConfigProblem> warnings = new LinkedHashSet<>();

    Findings(String file) {
        this.file = file;
        opened(file);
    }

    /** Notes that a file is read; its problems come after those of the files that were opened earlier. */
    void opened(String name) {
        order.putIfAbsent(name, order.size());
    }

    void error(Place place, String message) {
        errors.add(new ConfigProblem(place.file(), place.line(), message));
    }

    void warning(Place place, String message) {
        warnings.add(new ConfigProblem(place.file(), place.line(), message));
    }

    String file() {
        return file;
    }

    List<ConfigProblem> warnings() {
        return inOrder(warnings);
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ConfigException(inOrder(errors), inOrder(warnings));
        }
    }

    private List<ConfigProblem> inOrder(Set<ConfigProblem> problems) {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(
                Comparator.comparingInt((ConfigProblem p) -> order.getOrDefault(p.file(), 0))
                        .thenComparingInt(ConfigProblem::line));
        return List.copyOf(sorted);
    }
}
