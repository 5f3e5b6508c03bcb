package io.evenkeel.vrrp.keepalived;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code track_script}.
 *
 * @param weight the weight it gives, or null for that of the script
 */
record TrackedScript(String name, @Nullable Integer weight, int line) {

    static TrackedScript read(Statement statement, Findings findings) {
        Options options = new Options(findings);
        int i = 0;
        while (i < statement.argumentCount()) {
            Token option = statement.argumentToken(i++);
            Statement read = new Statement(option);
            Directive directive = Vocabularies.TRACKED_SCRIPT.find(option.text());
            if (directive != null && directive.form().hasValue() && i < statement.argumentCount()) {
                read.addArgument(statement.argumentToken(i++));
            }
            options.walk(List.of(read));
            if (directive == null) {
                break; // what follows may be the value of the unknown word
            }
        }
        if (statement.hasBlock()) {
            findings.error(
                    statement.line(),
                    "'" + statement.name() + "' takes no block; remove the braces");
        }
        return new TrackedScript(statement.name(), options.weight, statement.line());
    }

    private static final class Options extends BlockReader {
        private @Nullable Integer weight;

        Options(Findings findings) {
            super(Vocabularies.TRACKED_SCRIPT, findings);
        }

        @Override
        void read(Statement statement) {
            if (statement.name().equals("weight")) {
                weight = whole(statement, -ScriptReader.MAX_WEIGHT, ScriptReader.MAX_WEIGHT);
            }
        }
    }
}
