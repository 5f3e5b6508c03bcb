package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/** Draws of servers by chance, as often as their weights say, and of pairs of different ones. */
final class Draws {
    private static final int DRAWS_FOR_ANOTHER = 8;

    private final int count;
    private final boolean equal;
    private final AliasTable table;
    private final Chance chance;

    /**
     * @param previous whose chance goes on, or null
     */
    Draws(Candidates candidates, @Nullable Draws previous) {
        count = candidates.size();
        equal = candidates.hasEqualWeights();
        table = new AliasTable(candidates.weights());
        chance = previous == null ? new Chance(candidates.seed()) : previous.chance;
    }

    /** Any server. */
    int one() {
        return table.draw(chance.next());
    }

    /** Any server but {@code first}; there must be another. */
    int another(int first) {
        if (equal) {
            int other = Hash64.range(chance.next(), count - 1);
            return other < first ? other : other + 1;
        }
        for (int i = 0; i < DRAWS_FOR_ANOTHER; i++) {
            int other = table.draw(chance.next());
            if (other != first) {
                return other;
            }
        }
        // One is so heavy that nothing else comes up; then the rest shares alike.
        int other = Hash64.range(chance.next(), count - 1);
        return other < first ? other : other + 1;
    }

    /** Any server, whatever its weight. */
    int anywhere() {
        return Hash64.range(chance.next(), count);
    }
}
