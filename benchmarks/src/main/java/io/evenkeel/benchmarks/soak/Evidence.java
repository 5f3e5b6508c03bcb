package io.evenkeel.benchmarks.soak;

import io.evenkeel.benchmarks.soak.Result.End;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection when it is judged.
 *
 * @param visit what the client wanted
 * @param result what it saw
 * @param served what the server saw; null if no request reached one
 * @param line what the proxy's log says; null if it says nothing
 * @param cut whether the server that it was at was taken away, or hung, while it was there
 * @param unsettled whether servers or the configuration had changed shortly before, so that checks might not know it yet
 */
record Evidence(
        Visit visit,
        Result result,
        @Nullable Served served,
        @Nullable SessionLine line,
        boolean cut,
        boolean unsettled) {
    private static final Set<String> TIMEOUTS = Set.of("cD", "sD", "cR");
    private static final Set<String> NO_SERVER = Set.of("SC", "sC", "sQ", "SQ");
    private static final Set<String> NEVER = Set.of("ID", "RC", "RD", "KD", "PR");

    /** What no reason excuses, or null. */
    @Nullable String wrong() {
        if (result.end() == End.WRONG) {
            return "a wrong byte, " + result.message();
        }
        if (result.end() == End.STUCK) {
            return "neither a byte nor an end in time";
        }
        if (result.end() == End.UNTRUSTED) {
            return "TLS failed, " + result.message();
        }
        if (NEVER.contains(cause()) && !mayBeRejected()) {
            return "the proxy ended it with " + cause();
        }
        return served == null ? null : wrongAt(served);
    }

    /** A client that leaves at once has sent no PROXY header, or not shaken hands. */
    private boolean mayBeRejected() {
        return visit.door() == Door.PROXIED
                || visit.door() == Door.SECURED && result.end() == End.LEFT;
    }

    private @Nullable String wrongAt(Served server) {
        if (server.end() == Served.End.WRONG) {
            return "a wrong byte, " + server.message();
        }
        if (server.end() == Served.End.OPEN && !cut) {
            return "the server has not seen its end";
        }
        if (result.end() == End.COMPLETE
                && !visit.manner().downloads()
                && server.received() != visit.length()) {
            return "the server received %d bytes of %d"
                    .formatted(server.received(), visit.length());
        }
        if (visit.manner() == Manner.RESET
                && result.end() == End.LEFT
                && server.end() == Served.End.FINISHED
                && !cut) {
            return "the client's reset reached the server as a regular end";
        }
        return null;
    }

    /** How it ended, if that is well or there was a reason for it; null if there was none. */
    @Nullable String reason() {
        return switch (result.end()) {
            case COMPLETE ->
                    visit.door() == Door.DATAGRAMS ? "all datagrams came back" : "complete";
            case LEFT -> "left by the client";
            default -> early();
        };
    }

    private @Nullable String early() {
        if (visit.door() == Door.EXTRA && result.end() == End.REFUSED) {
            return "frontend is not there";
        }
        if (result.end() == End.OVERFLOWED) {
            return "datagrams lost, in a full buffer of the kernel";
        }
        if (result.end() == End.LOST) {
            return unsettled ? "datagrams lost, just after a change" : null;
        }
        boolean timeout = TIMEOUTS.contains(cause());
        if (visit.manner().waitsForTimeout() && timeout) {
            return "timeout, as it should";
        }
        if (cut) {
            // Who was cut off must not take it for the end of what there was, unless time was up.
            boolean passedOff = result.end() == End.FINISHED && !timeout;
            return passedOff ? null : "server was taken away or hung";
        }
        if (served == null && NO_SERVER.contains(cause())) {
            return visit.door() == Door.QUEUED
                    ? "queue was full or too slow"
                    : unsettled ? "no server, just after a change" : null;
        }
        return null;
    }

    private String cause() {
        return line == null ? "" : line.cause();
    }

    /** For people, all of it. */
    @Override
    public String toString() {
        return "it was %s after %.3f s with %d bytes%s; server: %s; proxy's log: %s"
                .formatted(
                        result.end(),
                        (result.endNanos() - result.startNanos()) / 1e9,
                        result.received(),
                        result.message().isEmpty() ? "" : " (" + result.message() + ")",
                        served == null ? "none" : served,
                        line == null ? "nothing" : line);
    }
}
