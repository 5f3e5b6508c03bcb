package io.evenkeel.lb;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with every problem found and not just the first. */
public final class InvalidConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final ConfigProblem[] problems;

    /** Creates the exception; its message lists {@code problems} one per line. */
    public InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.toArray(new ConfigProblem[0]);
    }

    /** Every problem, in the order in which they were found; never empty. */
    public List<ConfigProblem> problems() {
        return List.of(problems);
    }
}
