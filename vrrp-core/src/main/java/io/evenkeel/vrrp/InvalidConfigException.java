package io.evenkeel.vrrp;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be built. It names every problem, not only the first. */
public final class InvalidConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    InvalidConfigException(String router, List<ConfigProblem> problems) {
        super(
                problems.stream()
                        .map(ConfigProblem::toString)
                        .collect(
                                Collectors.joining("; ", "Virtual router '" + router + "': ", "")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the builder's properties; never empty. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
