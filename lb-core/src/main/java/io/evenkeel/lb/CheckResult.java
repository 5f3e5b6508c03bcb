package io.evenkeel.lb;

import java.util.Objects;

/**
 * The outcome of one check.
 *
 * @param status how it ended
 * @param detail what was seen, such as {@code 503} or {@code connection refused}; may be empty
 */
public record CheckResult(CheckStatus status, String detail) {
    /** Both parts are required. */
    public CheckResult {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
    }

    /** An outcome with nothing to add. */
    public static CheckResult of(CheckStatus status) {
        return new CheckResult(status, "");
    }

    /** Whether the server answered as it should. */
    public boolean passed() {
        return status.verdict() == CheckStatus.Verdict.PASSED;
    }

    /** Whether the server works but wants no new connections. */
    public boolean passedConditionally() {
        return status.verdict() == CheckStatus.Verdict.CONDITIONAL;
    }

    /** Whether the server is to blame; a check that could not be made neither passed nor failed. */
    public boolean failed() {
        return status.verdict() == CheckStatus.Verdict.FAILED;
    }

    /** The status and the detail, such as {@code Layer7 wrong status, 503}. */
    @Override
    public String toString() {
        return detail.isEmpty() ? status.label() : status.label() + ", " + detail;
    }
}
