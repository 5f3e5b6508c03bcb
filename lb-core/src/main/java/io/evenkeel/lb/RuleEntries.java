package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alternatives of rules, numbered in the order of the rules. An alternative holds for a connection when what it is indexed
 * by does and its rest does too.
 *
 * <p>The best rule of a connection is kept in one number, so that the least one wins: twice the rule's index if it holds, one
 * more if that is not known yet, {@link #NO_RULE} if there is none.
 */
final class RuleEntries {
    static final int NO_RULE = Integer.MAX_VALUE;

    private final List<Integer> collectedRules = new ArrayList<>();
    private final List<@Nullable Condition> collectedRests = new ArrayList<>();
    private final List<Condition> collectedWholes = new ArrayList<>();
    private int[] rules = {};
    private @Nullable Condition[] rests = {};
    private Condition[] wholes = {};

    /**
     * The number of a new alternative.
     *
     * @param whole all of it
     * @param rest what is left when what it is indexed by holds; null: nothing
     */
    int add(int rule, Condition whole, @Nullable Condition rest) {
        collectedRules.add(rule);
        collectedRests.add(rest);
        collectedWholes.add(whole);
        return collectedRules.size() - 1;
    }

    /** To be called when all are added. */
    void complete() {
        rules = collectedRules.stream().mapToInt(Integer::intValue).toArray();
        rests = collectedRests.toArray(new @Nullable Condition[0]);
        wholes = collectedWholes.toArray(new Condition[0]);
    }

    /** Whether {@code best} is at least as good as an alternative and all that come after it. */
    boolean isBeaten(int number, int best) {
        return 2 * rules[number] >= best;
    }

    /** The better of {@code best} and the alternatives {@code numbers}, of which what they are indexed by holds. */
    int best(int[] numbers, ConnectionFacts facts, int best) {
        int result = best;
        for (int number : numbers) {
            int value = 2 * rules[number];
            if (value >= result) {
                break;
            }
            Condition rest = rests[number];
            Truth truth = rest == null ? Truth.TRUE : rest.test(facts);
            if (truth == Truth.TRUE) {
                return value;
            }
            if (truth == Truth.UNKNOWN) {
                result = value + 1;
            }
        }
        return result;
    }

    /** The better of {@code best} and the alternatives {@code numbers}, of which nothing is known yet. */
    int bestOfAll(int[] numbers, ConnectionFacts facts, int best) {
        int result = best;
        for (int number : numbers) {
            int value = 2 * rules[number];
            if (value >= result) {
                break;
            }
            Truth truth = wholes[number].test(facts);
            if (truth == Truth.TRUE) {
                return value;
            }
            if (truth == Truth.UNKNOWN) {
                result = value + 1;
            }
        }
        return result;
    }
}
