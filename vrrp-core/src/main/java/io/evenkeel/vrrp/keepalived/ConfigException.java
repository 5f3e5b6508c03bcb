package io.evenkeel.vrrp.keepalived;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file that is refused, with every problem that was found in it. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings(
            "serial") // an immutable list of serializable-by-need records, never sent anywhere
    private final List<ConfigProblem> problems;

    @SuppressWarnings("serial") // as above
    private final List<ConfigProblem> warnings;

    /**
     * Creates the refusal.
     *
     * @param problems at least one problem, in the order of the lines
     * @param warnings what else would be said of the file
     */
    ConfigException(List<ConfigProblem> problems, List<ConfigProblem> warnings) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    /** Returns every problem, in the order of the lines. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** Returns the warnings, which may explain a problem; in the order of the lines. */
    public List<ConfigProblem> warnings() {
        return warnings;
    }
}
