package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VrrpScript;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one {@code vrrp_script}. */
final class ScriptReader extends BlockReader {
    private static final int MAX_SECONDS = 4294; // keepalived counts microseconds in 32 bits
    private static final int MAX_WEIGHT = 253;

    private final String name;
    private final Place place;
    private @Nullable List<String> command;
    private @Nullable Integer interval = 1;
    private @Nullable Integer timeout = 0;
    private final Weights weights = new Weights(0);
    private @Nullable Integer rise = 1;
    private @Nullable Integer fall = 1;
    private boolean initiallyFailed;
    private Account account = Account.OWN;

    ScriptReader(Statement script, Findings findings) {
        super(Vocabularies.SCRIPT, findings);
        this.name = script.nameArgument();
        this.place = script.place();
        if (name.isBlank()) {
            findings.error(place, "'vrrp_script' has an empty name; give it one to track it by");
        }
        walk(script.block());
        if (placeOf("script") == null) {
            findings.error(
                    place,
                    "vrrp_script '"
                            + name
                            + "' has no command; write 'script \"/path/to/command\"' in it");
        }
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "script" -> command = Commands.readAll(statement, findings());
            case "interval" -> interval = whole(statement, 1, MAX_SECONDS);
            case "timeout" -> timeout = whole(statement, 0, MAX_SECONDS);
            case "weight" -> weights.read(statement, MAX_WEIGHT, this);
            case "rise" -> rise = whole(statement, 1, Integer.MAX_VALUE);
            case "fall" -> fall = whole(statement, 1, Integer.MAX_VALUE);
            case "init_fail" -> initiallyFailed = true;
            case "user" -> account = Account.read(statement, 0, findings());
            default -> throw new IllegalStateException("no reader for " + statement.name());
        }
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    /** Returns the weight of trackers that give none. */
    Weights weights() {
        return weights;
    }

    /**
     * Returns the script, or null when something in it was refused.
     *
     * @param usual as whom it runs unless it says so itself
     */
    @Nullable VrrpScript script(Account usual) {
        Integer weight = weights.weight();
        if (command == null
                || interval == null
                || timeout == null
                || weight == null
                || rise == null
                || fall == null
                || name.isBlank()) {
            return null;
        }
        Account as = account.or(usual);
        return new VrrpScript(
                name,
                command,
                TimeUnit.SECONDS.toNanos(interval),
                TimeUnit.SECONDS.toNanos(timeout == 0 ? interval : timeout),
                weight,
                rise,
                fall,
                initiallyFailed,
                as.user(),
                as.group());
    }
}
