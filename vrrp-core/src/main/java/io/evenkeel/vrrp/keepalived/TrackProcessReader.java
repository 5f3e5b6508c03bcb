package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.TrackedProcess.Match;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one {@code vrrp_track_process}. */
final class TrackProcessReader extends BlockReader {
    private static final int MAX_WEIGHT = 254;
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final String name;
    private final Place place;
    private final Weights weights = new Weights(0);
    private List<String> command = List.of();
    private @Nullable Match argumentMatch;
    private boolean wholeCommand;
    private boolean matchWritten;
    private @Nullable Integer quorum;
    private @Nullable Integer quorumMax;
    private @Nullable Duration upDelay = Duration.ZERO;
    private @Nullable Duration downDelay = Duration.ZERO;
    private boolean refused;

    TrackProcessReader(Statement block, Findings findings) {
        super(Vocabularies.TRACK_PROCESS, findings);
        this.name = block.nameArgument();
        this.place = block.place();
        walk(block.block());
        if (placeOf("process") == null) {
            findings.error(
                    place,
                    "vrrp_track_process '"
                            + name
                            + "' has no process; write 'process' and the name of a program in it");
        }
        Integer least = quorum;
        Integer most = quorumMax;
        if (least != null && most != null && most < least) {
            refused = true;
            findings.error(
                    placeOrOwn("quorum_max"),
                    "'quorum_max' is " + most + " and 'quorum' " + least + "; it must not be less");
        }
    }

    private Place placeOrOwn(String directive) {
        Place found = placeOf(directive);
        return found == null ? place : found;
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "process" -> readProcess(statement);
            case "param_match" -> readMatch(statement);
            case "weight" -> weights.read(statement, MAX_WEIGHT, this);
            case "quorum" -> quorum = count(statement, 1);
            case "quorum_max" -> quorumMax = count(statement, 0);
            case "fork_delay" -> upDelay = seconds(statement, Duration.ZERO, LONGEST_DELAY);
            case "terminate_delay" -> downDelay = seconds(statement, Duration.ZERO, LONGEST_DELAY);
            case "delay" -> {
                upDelay = seconds(statement, Duration.ZERO, LONGEST_DELAY);
                downDelay = upDelay;
            }
            case "full_command" -> wholeCommand = true;
            default -> throw new IllegalStateException("no reader for " + statement.name());
        }
    }

    private @Nullable Integer count(Statement statement, int least) {
        Integer count = whole(statement, least, 65_535);
        refused |= count == null;
        return count;
    }

    private void readProcess(Statement statement) {
        if (statement.argument(0).isBlank()) {
            refused = true;
            findings().error(statement.place(), "the name of the process is empty; write it");
        } else {
            command = statement.arguments();
        }
    }

    private void readMatch(Statement statement) {
        matchWritten = true;
        switch (statement.argument(0)) {
            case "initial" -> argumentMatch = Match.LAST_ARGUMENT_PREFIX;
            case "partial" -> argumentMatch = Match.FIRST_ARGUMENTS;
            default ->
                    findings()
                            .error(
                                    statement.place(),
                                    "'param_match' is '"
                                            + statement.argument(0)
                                            + "'; it must be initial or partial");
        }
    }

    private Match match() {
        boolean arguments = command.size() > 1;
        Match written = argumentMatch;
        if (arguments && written != null) {
            return written;
        }
        // With a match and no arguments keepalived wants a process that has none.
        return arguments || wholeCommand || matchWritten ? Match.COMMAND_LINE : Match.NAME;
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    Weights weights() {
        return weights;
    }

    /** Returns the process, or null when something in it was refused. */
    @Nullable TrackedProcess process() {
        Integer weight = weights.weight();
        if (refused
                || command.isEmpty()
                || weight == null
                || upDelay == null
                || downDelay == null
                || name.isBlank()) {
            return null;
        }
        int most = quorumMax == null ? TrackedProcess.UNLIMITED : quorumMax;
        return new TrackedProcess(
                name,
                command,
                match(),
                weight,
                weights.inverted(),
                quorum == null ? Math.min(1, most) : quorum,
                most,
                upDelay.toNanos(),
                downDelay.toNanos());
    }
}
