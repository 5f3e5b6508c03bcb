package io.evenkeel.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The table at the end: per step what the client counted, and the gap beside what bounds it. */
final class Summary {
    private static final int[] ENDS = {38, 47, 62, 78};
    private static final int WIDTH = ENDS[ENDS.length - 1];

    private static final long WORTH_MENTIONING = TimeUnit.MILLISECONDS.toNanos(30);
    private static final List<String> NOTES =
            List.of(
                    "longest gap: the longest time the client was without an answer",
                    "at most: what VRRP takes (Active_Down_Interval after a crash, one advertisement",
                    "interval for the return, Skew_Time for a planned stop) + what this machine may");

    private Summary() {}

    static List<StyledLine> of(List<Step> steps, Glyphs glyphs) {
        List<StyledLine> lines = new ArrayList<>();
        StyledLine rule = new StyledLine().add("  ").add(Style.DIM, glyphs.rule.repeat(WIDTH - 2));
        lines.add(new StyledLine());
        lines.add(
                row("step", "answers", "failed", "longest gap", "at most", Style.BOLD, Style.BOLD));
        lines.add(rule);
        for (Step step : steps) {
            Step.Observed observed = step.observed();
            if (observed != null) {
                Window window = observed.window();
                lines.add(
                        row(
                                step.title(),
                                String.format(Locale.ROOT, "%,d", window.answers()),
                                String.format(Locale.ROOT, "%,d", window.failures()),
                                Timing.show(window.longestGapNanos()),
                                limit(observed),
                                Style.PLAIN,
                                observed.limitNanos() == 0 ? Style.PLAIN : Style.BOLD));
            }
        }
        lines.add(rule);
        long stall = 0;
        for (Step step : steps) {
            Step.Observed observed = step.observed();
            stall = Math.max(stall, observed == null ? 0 : observed.window().longestStallNanos());
        }
        List<String> notes = new ArrayList<>(NOTES);
        if (stall > WORTH_MENTIONING) {
            notes.add(
                    "this machine is busy: it kept the client itself from running for up to "
                            + Timing.show(stall));
        }
        for (String note : notes) {
            lines.add(new StyledLine().add("  ").add(Style.DIM, note));
        }
        lines.add(new StyledLine());
        return lines;
    }

    private static String limit(Step.Observed observed) {
        return observed.limitNanos() == 0
                ? ""
                : Math.round(observed.limitNanos() / 1e6)
                        + " + "
                        + Timing.show(observed.window().allowanceNanos());
    }

    private static StyledLine row(
            String step,
            String answers,
            String failed,
            String gap,
            String protocol,
            Style style,
            Style gapStyle) {
        return new StyledLine()
                .add("  ")
                .add(style, step)
                .endingAt(ENDS[0], style, answers)
                .endingAt(ENDS[1], style, failed)
                .endingAt(ENDS[2], gapStyle, gap)
                .endingAt(ENDS[3], style, protocol);
    }
}
