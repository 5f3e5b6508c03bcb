package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the command of a script directive. */
final class Commands {
    private Commands() {}

    /** Returns the words of the first argument, or reports why there are none and returns null. */
    static @Nullable List<String> read(Statement statement, Findings findings) {
        List<String> words = CommandLine.split(statement.argument(0));
        if (words == null) {
            findings.error(
                    statement.place(),
                    "the command of '"
                            + statement.name()
                            + "' has a quote that is not closed; close it");
            return null;
        }
        if (words.isEmpty() || words.get(0).isBlank()) {
            findings.error(
                    statement.place(),
                    "the command of '"
                            + statement.name()
                            + "' is empty; write the path of a program");
            return null;
        }
        return words;
    }

    /** The same with the further arguments as words of the command. */
    static @Nullable List<String> readAll(Statement statement, Findings findings) {
        List<String> words = read(statement, findings);
        if (words == null) {
            return null;
        }
        List<String> all = new ArrayList<>(words);
        all.addAll(statement.arguments().subList(1, statement.argumentCount()));
        return all;
    }
}
