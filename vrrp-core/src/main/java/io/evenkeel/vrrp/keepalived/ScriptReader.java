package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one {@code vrrp_script}. */
final class ScriptReader extends BlockReader {
    private static final int MAX_SECONDS = 4294; // keepalived counts microseconds in 32 bits
    static final int MAX_WEIGHT = 253;

    private final String name;
    private final int line;
    private @Nullable List<String> command;
    private @Nullable Integer interval = 1;
    private @Nullable Integer timeout = 0;
    private @Nullable Integer weight = 0;
    private @Nullable Integer rise = 1;
    private @Nullable Integer fall = 1;
    private boolean initiallyFailed;

    ScriptReader(Statement script, Findings findings) {
        super(Vocabularies.SCRIPT, findings);
        this.name = script.nameArgument();
        this.line = script.line();
        if (name.isBlank()) {
            findings.error(line, "'vrrp_script' has an empty name; give it one to track it by");
        }
        walk(script.block());
        if (lineOf("script") == null) {
            findings.error(
                    line,
                    "vrrp_script '"
                            + name
                            + "' has no command; write 'script \"/path/to/command\"' in it");
        }
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "script" -> readCommand(statement);
            case "interval" -> interval = whole(statement, 1, MAX_SECONDS);
            case "timeout" -> timeout = whole(statement, 0, MAX_SECONDS);
            case "weight" -> readWeight(statement);
            case "rise" -> rise = whole(statement, 1, Integer.MAX_VALUE);
            case "fall" -> fall = whole(statement, 1, Integer.MAX_VALUE);
            case "init_fail" -> initiallyFailed = true;
            default -> throw new IllegalStateException("no reader for " + statement.name());
        }
    }

    private void readWeight(Statement statement) {
        weight = whole(statement, -MAX_WEIGHT, MAX_WEIGHT);
        if (statement.argumentCount() > 1) {
            findings()
                    .error(
                            statement.line(),
                            "'"
                                    + statement.argument(1)
                                    + "' after the weight is not supported; write the weight alone");
        }
    }

    private void readCommand(Statement statement) {
        List<String> words = CommandLine.split(statement.argument(0));
        if (words == null) {
            findings()
                    .error(
                            statement.line(),
                            "the command of 'script' has a quote that is not closed; close it");
            return;
        }
        if (words.isEmpty() || words.get(0).isBlank()) {
            findings()
                    .error(
                            statement.line(),
                            "the command of 'script' is empty; write the path of a program");
            return;
        }
        List<String> whole = new ArrayList<>(words);
        whole.addAll(statement.arguments().subList(1, statement.argumentCount()));
        command = whole;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    /** Returns the weight of trackers that give none; 0 when what was written is refused. */
    int weight() {
        return weight == null ? 0 : weight;
    }

    /** Returns the script, or null when something in it was refused. */
    @Nullable VrrpScript script() {
        if (command == null
                || interval == null
                || timeout == null
                || weight == null
                || rise == null
                || fall == null
                || name.isBlank()) {
            return null;
        }
        return new VrrpScript(
                name,
                command,
                TimeUnit.SECONDS.toNanos(interval),
                TimeUnit.SECONDS.toNanos(timeout == 0 ? interval : timeout),
                weight,
                rise,
                fall,
                initiallyFailed);
    }
}
