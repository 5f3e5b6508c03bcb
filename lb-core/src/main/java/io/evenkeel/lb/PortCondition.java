package io.evenkeel.lb;

import java.util.Set;

/** A port in a range, both ends included. */
record PortCondition(Endpoint endpoint, int least, int most) implements Condition {
    static Condition of(Endpoint endpoint, int least, int most) {
        if (least > most) {
            Problems problems = new Problems("port");
            problems.add(
                    "",
                    "the range " + least + " to " + most + " is empty; write the lower port first");
            problems.throwIfAny();
        }
        return new PortCondition(endpoint, least, most);
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        int port = facts.port(endpoint);
        return Truth.of(port >= least && port <= most);
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }
}
