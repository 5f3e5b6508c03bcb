package io.evenkeel.lb.haproxy;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file that is refused, with every problem that it has. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /** Creates the exception; its message has one line for each of {@code problems}. */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, by line; never empty. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
