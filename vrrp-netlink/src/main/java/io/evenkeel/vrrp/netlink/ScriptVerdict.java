package io.evenkeel.vrrp.netlink;

/**
 * Whether a script counts as up, after rise and fall, as keepalived counts: of a script that nothing is known of, the first run
 * decides alone, whatever {@code rise} and {@code fall} say; one that begins as failed takes {@code rise} successes.
 */
final class ScriptVerdict {
    private final int rise;
    private final int fall;
    private boolean known;
    private int score;

    ScriptVerdict(int rise, int fall, boolean initiallyFailed) {
        this.rise = rise;
        this.fall = fall;
        known = initiallyFailed;
        score = initiallyFailed ? 0 : rise - 1;
    }

    boolean isUp() {
        return score >= rise;
    }

    /** Takes the result of one run; true if the verdict is another one now, or the first. */
    boolean onResult(boolean passed) {
        boolean before = isUp();
        if (passed) {
            score = score + 1 < rise ? score + 1 : rise + fall - 1;
        } else {
            score = score > rise ? score - 1 : 0;
        }
        boolean first = !known;
        known = true;
        return first || isUp() != before;
    }
}
