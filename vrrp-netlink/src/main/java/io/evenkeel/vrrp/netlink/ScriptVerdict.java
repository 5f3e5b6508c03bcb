package io.evenkeel.vrrp.netlink;

/**
 * Whether a script counts as up, after rise and fall, as keepalived counts: a script that is assumed to be up at the start fails
 * with its first failure, whatever {@code fall} says.
 */
final class ScriptVerdict {
    private final int rise;
    private final int fall;
    private int score;

    ScriptVerdict(int rise, int fall, boolean initiallyFailed) {
        this.rise = rise;
        this.fall = fall;
        score = initiallyFailed ? 0 : rise;
    }

    boolean isUp() {
        return score >= rise;
    }

    /** Takes the result of one run; true if it changed the verdict. */
    boolean onResult(boolean passed) {
        boolean before = isUp();
        if (passed) {
            score = score + 1 < rise ? score + 1 : rise + fall - 1;
        } else {
            score = score > rise ? score - 1 : 0;
        }
        return isUp() != before;
    }
}
