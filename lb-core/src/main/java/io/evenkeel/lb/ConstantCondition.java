package io.evenkeel.lb;

import java.util.Set;

/** Always or never. */
enum ConstantCondition implements Condition {
    FALSE,
    TRUE;

    @Override
    public Truth test(ConnectionFacts facts) {
        return Truth.of(this == TRUE);
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }
}
