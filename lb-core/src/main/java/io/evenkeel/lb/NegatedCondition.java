package io.evenkeel.lb;

import java.util.Set;

/** Holds where another one does not. */
record NegatedCondition(Condition condition) implements Condition {
    @Override
    public Truth test(ConnectionFacts facts) {
        return condition.test(facts).not();
    }

    @Override
    public Set<Need> needs() {
        return condition.needs();
    }
}
