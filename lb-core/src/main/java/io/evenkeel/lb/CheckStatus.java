package io.evenkeel.lb;

/** How a check ended, in HAProxy's words, and what that says about the server. */
public enum CheckStatus {
    /** Connected, and no more was asked. */
    L4OK(Verdict.PASSED, "Layer4 check passed"),
    /** No connection in time. */
    L4TOUT(Verdict.FAILED, "Layer4 timeout"),
    /** Refused, unreachable or reset while connecting. */
    L4CON(Verdict.FAILED, "Layer4 connection problem"),
    /** TLS handshake done, and no more was asked. */
    L6OK(Verdict.PASSED, "Layer6 check passed"),
    /** TLS handshake not done in time. */
    L6TOUT(Verdict.FAILED, "Layer6 timeout"),
    /** TLS handshake refused, or a certificate that does not verify. */
    L6RSP(Verdict.FAILED, "Layer6 invalid response"),
    /** The answer was as expected. */
    L7OK(Verdict.PASSED, "Layer7 check passed"),
    /** The server works but wants no new connections: HTTP 404, where {@link HttpCheck#disableOn404()} says so. */
    L7OKC(Verdict.CONDITIONAL, "Layer7 check conditionally passed"),
    /** No complete answer in time. */
    L7TOUT(Verdict.FAILED, "Layer7 timeout"),
    /** Something else than the protocol asked for. */
    L7RSP(Verdict.FAILED, "Layer7 invalid response"),
    /** An HTTP answer with a status that was not expected. */
    L7STS(Verdict.FAILED, "Layer7 wrong status"),
    /**
     * The check could not be made for a reason on this side (no descriptor, no source port, a name
     * that does not resolve): says nothing about the server.
     */
    SOCKERR(Verdict.INCONCLUSIVE, "Socket error");

    /** What a status says about the server. */
    enum Verdict {
        PASSED,
        /** Passed, but no new connections. */
        CONDITIONAL,
        FAILED,
        INCONCLUSIVE
    }

    private final Verdict verdict;
    private final String label;

    CheckStatus(Verdict verdict, String label) {
        this.verdict = verdict;
        this.label = label;
    }

    Verdict verdict() {
        return verdict;
    }

    /** The status in words, such as {@code Layer7 wrong status}. */
    public String label() {
        return label;
    }
}
