package io.evenkeel.benchmarks;

import io.evenkeel.lb.Balance;
import io.evenkeel.lb.Candidates;
import io.evenkeel.lb.Selector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the candidates that a backend made of its servers, to ask other balances for a selector of them. */
final class CapturedCandidates implements Balance {
    private @Nullable Candidates candidates;

    @Override
    public String keyword() {
        return "captured";
    }

    @Override
    public Selector selector(Candidates now) {
        candidates = now;
        return Balance.first().selector(now);
    }

    /** The latest. */
    Candidates candidates() {
        return Objects.requireNonNull(candidates, "no backend has asked for a selector yet");
    }
}
