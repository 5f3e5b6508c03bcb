package io.evenkeel.lb;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link TcpCheck}: says what to do next and takes what the server says, in whatever pieces. It opens no connection and
 * asks no clock. Not thread-safe.
 *
 * <p>Whoever drives it does what {@link #next} says until it says {@link TcpCheckAction.Finish}; a connection that fails or a time
 * that is up ends the run with the result of {@link #failed} or {@link #timedOut}.
 */
public final class TcpCheckRun {
    private final TcpCheck check;
    private final CheckConfig config;
    private final ReceivedBytes received;
    private int at;
    private boolean underWay;
    private boolean closedByServer;
    private boolean overTls;
    private @Nullable CheckResult result;

    /**
     * A run that has not begun.
     *
     * @param config of the server
     */
    public TcpCheckRun(TcpCheck check, CheckConfig config) {
        this.check = check;
        this.config = config;
        received = new ReceivedBytes(check.maxReceivedBytes());
    }

    /** What is to be done now; the connect or send that was asked for last is taken to be done. */
    public TcpCheckAction next() {
        if (underWay) {
            underWay = false;
            at++;
        }
        List<TcpCheckStep> steps = check.steps();
        while (result == null && at < steps.size()) {
            TcpCheckStep step = steps.get(at);
            if (step instanceof TcpExpect expect) {
                Verdict verdict = judge(expect);
                if (verdict == Verdict.OPEN) {
                    // With more bytes, the expectations before it on the same bytes may fail too.
                    while (steps.get(at - 1) instanceof TcpExpect) {
                        at--;
                    }
                    return TcpCheckAction.Receive.MORE;
                }
                if (verdict == Verdict.HOLDS) {
                    at++;
                }
            } else {
                received.clear();
                underWay = true;
                if (step instanceof TcpConnect connect) {
                    closedByServer = false;
                    overTls = connect.isTls(config);
                    return new TcpCheckAction.Open(connect);
                }
                return new TcpCheckAction.Send((TcpSend) step);
            }
        }
        if (result == null) {
            result = CheckResult.of(passed());
        }
        return new TcpCheckAction.Finish(result);
    }

    /** The server has said something. What is above {@link TcpCheck#maxReceivedBytes()} is dropped. */
    public void onBytes(ByteBuffer bytes) {
        received.add(bytes);
    }

    /** The server has said its last: no more bytes follow on this connection. */
    public void onClosed() {
        closedByServer = true;
    }

    /**
     * The result when the connection could not be made or broke.
     *
     * @param status what kind of failure
     * @param detail what was seen, such as {@code Connection refused}
     */
    public CheckResult failed(CheckStatus status, String detail) {
        return check.onlyConnects() && check.steps().size() == 1
                ? new CheckResult(status, detail)
                : new CheckResult(status, place() + ": " + detail);
    }

    /**
     * The result when the time is up.
     *
     * @param stage what it was waited for if that is a connection: {@link CheckStatus#L4TOUT} or {@link CheckStatus#L6TOUT}
     */
    public CheckResult timedOut(CheckStatus stage) {
        TcpCheckStep step = step();
        return step instanceof TcpExpect expect
                ? failed(expect.timeoutStatus(), soFar())
                : failed(stage, "no answer in time");
    }

    private enum Verdict {
        HOLDS,
        FAILS,
        /** More bytes may decide it. */
        OPEN
    }

    private Verdict judge(TcpExpect expect) {
        boolean complete = closedByServer || received.isFull();
        int least =
                expect.match().isRegex()
                        ? expect.minReceivedBytes()
                        : Math.max(expect.minReceivedBytes(), expect.wanted().length());
        if (!complete && received.length() < Math.max(1, least)) {
            return Verdict.OPEN;
        }
        BoundedSearch.Outcome outcome = find(expect);
        if (outcome == BoundedSearch.Outcome.GAVE_UP) {
            return fails(
                    expect,
                    "the expression takes too many steps on this answer; write a simpler one");
        }
        boolean found = outcome == BoundedSearch.Outcome.FOUND;
        if (!found && !complete && expect.minReceivedBytes() == TcpExpect.UNLIMITED_WAIT) {
            return Verdict.OPEN;
        }
        return found != expect.negated() ? Verdict.HOLDS : fails(expect, soFar());
    }

    private BoundedSearch.Outcome find(TcpExpect expect) {
        Pattern pattern = expect.pattern();
        if (pattern == null) {
            return received.text().contains(expect.wanted())
                    ? BoundedSearch.Outcome.FOUND
                    : BoundedSearch.Outcome.ABSENT;
        }
        return BoundedSearch.find(
                pattern,
                expect.match() == TcpExpect.Match.BINARY_REGEX
                        ? received.hexadecimal()
                        : received.text());
    }

    private Verdict fails(TcpExpect expect, String detail) {
        result = failed(expect.errorStatus(), detail);
        return Verdict.FAILS;
    }

    private CheckStatus passed() {
        TcpCheckStep last = check.steps().get(check.steps().size() - 1);
        if (last instanceof TcpExpect expect) {
            return expect.okStatus();
        }
        if (!check.onlyConnects()) {
            return CheckStatus.L7OK;
        }
        return overTls ? CheckStatus.L6OK : CheckStatus.L4OK;
    }

    private String soFar() {
        String end =
                closedByServer
                        ? " and closed the connection"
                        : received.isFull() ? " in the first " + received.length() + " bytes" : "";
        return received.length() == 0
                ? "the server said nothing" + end
                : "the server said " + CheckText.quote(received.text()) + end;
    }

    private TcpCheckStep step() {
        return check.steps().get(Math.min(at, check.steps().size() - 1));
    }

    /** {@code step 2 (expect string '+PONG', is it the master)}. */
    private String place() {
        TcpCheckStep step = step();
        int number = check.number(Math.min(at, check.steps().size() - 1));
        String comment = step.comment();
        String what = comment == null ? step.description() : step.description() + ", " + comment;
        return number == 0 ? what : "step " + number + " (" + what + ")";
    }
}
