package io.evenkeel.benchmarks.sidebyside;

import java.util.List;

/** Which colour is whose in the plots: the same in all of them. */
final class Colours {
    private static final String EVENKEEL = "#1f5f3f";
    private static final String DIRECT = "#888888";
    private static final List<String> OTHERS =
            List.of("#c8641e", "#e0a458", "#3b6fb6", "#8a4f9e", "#b03a48", "#2a8f9e");

    private Colours() {}

    static String of(Results results, String name) {
        return switch (name) {
            case Contestant.EVENKEEL -> EVENKEEL;
            case Figure.DIRECT -> DIRECT;
            default -> OTHERS.get(results.contestants().indexOf(name) % OTHERS.size());
        };
    }
}
