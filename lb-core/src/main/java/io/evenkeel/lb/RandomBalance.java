package io.evenkeel.lb;

/**
 * By chance.
 *
 * @param draws of which the least loaded counts
 */
record RandomBalance(int draws) implements Balance {
    RandomBalance {
        if (draws < 1) {
            throw new IllegalArgumentException("At least one server is drawn, not " + draws);
        }
    }

    @Override
    public String keyword() {
        return draws == 2 ? "random" : "random(" + draws + ")";
    }

    @Override
    public Selector selector(Candidates candidates) {
        return new RandomChoice(candidates, draws);
    }
}
