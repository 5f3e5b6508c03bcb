package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * Draws of servers by chance, as often as their weights say, and of pairs of different ones. All draws of a connection follow from one number, so
 * that threads that bring their own share none.
 */
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

    /** What the connection brings, as it is or mixed, else the next number of the backend's own. */
    long first(long key) {
        return key == 0 ? chance.next() : Chance.after(key);
    }

    /** Any server. */
    int one(long number) {
        return table.draw(number);
    }

    /**
     * Any server but {@code first}; there must be another.
     *
     * @param number that was not used yet
     */
    int another(int first, long number) {
        long drawn = number;
        if (!equal) {
            for (int i = 0; i < DRAWS_FOR_ANOTHER; i++) {
                int other = table.draw(drawn);
                if (other != first) {
                    return other;
                }
                drawn = Chance.after(drawn);
            }
            // One is so heavy that nothing else comes up; then the rest shares alike.
        }
        int other = Hash64.range(drawn, count - 1);
        return other < first ? other : other + 1;
    }

    /** Any server, whatever its weight. */
    int anywhere(long number) {
        return Hash64.range(number, count);
    }
}
