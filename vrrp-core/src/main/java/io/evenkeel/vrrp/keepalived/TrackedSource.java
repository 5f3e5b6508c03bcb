package io.evenkeel.vrrp.keepalived;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code track_} block.
 *
 * @param weight the weight it gives, or null for that of what it names
 * @param inverted whether it turns up and failed around, or null for what it names to say
 */
record TrackedSource(
        Kind kind, String name, @Nullable Integer weight, @Nullable Boolean inverted, Place place) {

    enum Kind {
        SCRIPT("track_script", "vrrp_script", 253),
        FILE("track_file", "vrrp_track_file", 254),
        PROCESS("track_process", "vrrp_track_process", 254),
        INTERFACE("track_interface", "interface", 253);

        private final String directive;
        private final String source;
        private final int maxWeight;

        Kind(String directive, String source, int maxWeight) {
            this.directive = directive;
            this.source = source;
            this.maxWeight = maxWeight;
        }

        /** Returns what stands before the name where the source is defined. */
        String source() {
            return source;
        }

        int maxWeight() {
            return maxWeight;
        }

        static Kind of(String directive) {
            for (Kind kind : values()) {
                if (kind.directive.equals(directive)) {
                    return kind;
                }
            }
            throw new IllegalStateException("no reader for " + directive);
        }
    }

    /** Returns the lines of a {@code track_} block. */
    static List<TrackedSource> all(Statement block, Findings findings) {
        Kind kind = Kind.of(block.name());
        return block.block().stream().map(line -> read(kind, line, findings)).toList();
    }

    private static TrackedSource read(Kind kind, Statement statement, Findings findings) {
        Options options = new Options(kind, findings);
        int i = 0;
        while (i < statement.argumentCount()) {
            Token option = statement.argumentToken(i++);
            Statement read = new Statement(option);
            Directive directive = Vocabularies.TRACKED.find(option.text());
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
                    statement.place(),
                    "'" + statement.name() + "' takes no block; remove the braces");
        }
        return new TrackedSource(
                kind, statement.name(), options.weight, options.inverted, statement.place());
    }

    private static final class Options extends BlockReader {
        private final Kind kind;
        private @Nullable Integer weight;
        private @Nullable Boolean inverted;

        Options(Kind kind, Findings findings) {
            super(Vocabularies.TRACKED, findings);
            this.kind = kind;
        }

        @Override
        void read(Statement statement) {
            if (statement.name().equals("weight")) {
                weight = whole(statement, -kind.maxWeight(), kind.maxWeight());
                return;
            }
            inverted = statement.name().equals("reverse");
            if (inverted && placeOf("weight") == null) {
                findings()
                        .error(
                                statement.place(),
                                "'reverse' turns a weight around; write 'weight', a number and then 'reverse'");
            }
        }
    }
}
