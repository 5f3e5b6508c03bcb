package io.evenkeel.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A contestant in a row.
 *
 * @param values of all rounds
 * @param ratios to the reference in the same round; empty for the reference itself and where it has no figure
 */
record Comparison(String contestant, Row row, Spread values, Spread ratios) {
    static Comparison of(Results results, String contestant, Row row) {
        Map<Integer, Double> own = results.values(contestant, row);
        String reference = results.reference(row);
        Map<Integer, Double> others = results.values(reference, row);
        List<Double> ratios = new ArrayList<>();
        if (!contestant.equals(reference)) {
            own.forEach(
                    (round, value) -> {
                        Double other = others.get(round);
                        if (other != null && other != 0) {
                            ratios.add(value / other);
                        }
                    });
        }
        return new Comparison(contestant, row, Spread.of(own.values()), Spread.of(ratios));
    }
}
