package io.evenkeel.vrrp.keepalived;

import org.jspecify.annotations.Nullable;

/** The {@code weight N [reverse]} of a script, file or process. */
final class Weights {
    private @Nullable Integer weight;
    private boolean inverted;

    Weights(int weight) {
        this.weight = weight;
    }

    void read(Statement statement, int most, BlockReader reader) {
        weight = reader.whole(statement, -most, most);
        String turn = statement.argumentCount() > 1 ? statement.argument(1) : "noreverse";
        inverted = turn.equals("reverse");
        if (!inverted && !turn.equals("noreverse") && !turn.equals("no_reverse")) {
            reader.findings()
                    .error(
                            statement.place(),
                            "'"
                                    + turn
                                    + "' after the weight is not known; write 'reverse' or the weight alone");
        }
    }

    /** Returns the weight, or null when what was written is refused. */
    @Nullable Integer weight() {
        return weight;
    }

    /** Returns the weight for trackers; 0 when what was written is refused. */
    int weightOrZero() {
        return weight == null ? 0 : weight;
    }

    boolean inverted() {
        return inverted;
    }
}
