package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All of several, or any of them.
 *
 * @param all whether all must hold
 * @param parts two or more
 */
record CombinedCondition(boolean all, List<Condition> parts) implements Condition {
    /** Conditions of the same kind among {@code conditions} are dissolved; one condition is itself. */
    static Condition of(boolean all, List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof CombinedCondition combined && combined.all == all) {
                parts.addAll(combined.parts);
            } else {
                parts.add(condition);
            }
        }
        if (parts.isEmpty()) {
            return all ? ConstantCondition.TRUE : ConstantCondition.FALSE;
        }
        return parts.size() == 1 ? parts.get(0) : new CombinedCondition(all, List.copyOf(parts));
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        Truth decisive = Truth.of(!all);
        Truth result = Truth.of(all);
        for (int i = 0; i < parts.size(); i++) {
            Truth part = parts.get(i).test(facts);
            if (part == decisive) {
                return decisive;
            }
            result = part == Truth.UNKNOWN ? part : result;
        }
        return result;
    }

    @Override
    public Set<Need> needs() {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        parts.forEach(part -> needs.addAll(part.needs()));
        return needs;
    }
}
