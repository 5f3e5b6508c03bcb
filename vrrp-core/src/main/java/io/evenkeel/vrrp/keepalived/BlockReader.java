package io.evenkeel.vrrp.keepalived;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a block: reports the words that are unknown, refused or ignored, checks the form of the others and hands them to
 * {@link #read}.
 */
abstract class BlockReader {
    private static final Set<String> REPEATABLE =
            Set.of(
                    "global_defs",
                    "group",
                    "include_check",
                    "interface_up_down_delays",
                    "key",
                    "static_ipaddress",
                    "static_routes",
                    "static_rules",
                    "track_file",
                    "track_interface",
                    "track_process",
                    "track_script",
                    "unicast_peer",
                    "virtual_ipaddress",
                    "virtual_ipaddress_excluded",
                    "virtual_routes",
                    "virtual_rules",
                    "vrrp_instance",
                    "vrrp_script",
                    "vrrp_sync_group",
                    "vrrp_track_file",
                    "vrrp_track_process");

    private static final Set<String> TAKES_MORE =
            Set.of("key", "process", "script", "script_user", "user", "weight");

    private final Vocabulary vocabulary;
    private final Findings findings;
    private final Map<String, Place> places = new HashMap<>();

    BlockReader(Vocabulary vocabulary, Findings findings) {
        this.vocabulary = vocabulary;
        this.findings = findings;
    }

    /** Takes in one supported directive of the right form. */
    abstract void read(Statement statement);

    final void walk(Iterable<Statement> block) {
        for (Statement statement : block) {
            Directive directive = vocabulary.find(statement.name());
            if (directive == null) {
                unknown(statement);
            } else {
                known(statement, directive);
            }
        }
    }

    final Findings findings() {
        return findings;
    }

    /** Returns the place of the last such directive, or null when there is none. */
    final @Nullable Place placeOf(String name) {
        return places.get(name);
    }

    private void unknown(Statement statement) {
        findings.error(statement.place(), Unknown.sentence(statement.name(), vocabulary));
    }

    private void known(Statement statement, Directive directive) {
        String name = directive.name();
        switch (directive.support()) {
            case REFUSED ->
                    findings.error(
                            statement.place(),
                            "'"
                                    + name
                                    + "' is a keepalived directive that Evenkeel does not support: "
                                    + directive.note());
            case IGNORED ->
                    findings.warning(
                            statement.place(), "'" + name + "' has no effect: " + directive.note());
            case SUPPORTED -> supported(statement, directive);
        }
    }

    private void supported(Statement statement, Directive directive) {
        String name = directive.name();
        Place earlier = places.put(name, statement.place());
        boolean repeatable = REPEATABLE.contains(name) || Notifications.isNotify(name);
        if (earlier != null && !repeatable) {
            findings.warning(
                    statement.place(),
                    "'"
                            + name
                            + "' is given on "
                            + earlier.seenFrom(statement.place())
                            + " already; the last one counts, as with keepalived");
        }
        if (!hasRightForm(statement, directive.form())) {
            return;
        }
        int wanted = directive.form().hasValue() ? 1 : 0;
        boolean takesMore =
                directive.form() == Directive.Form.ANY
                        || TAKES_MORE.contains(name)
                        || Notifications.isNotify(name);
        if (statement.argumentCount() > wanted && !takesMore) {
            findings.warning(
                    statement.place(),
                    "'"
                            + statement.argument(wanted)
                            + "' after '"
                            + name
                            + "' has no meaning and is ignored");
        }
        read(statement);
    }

    private boolean hasRightForm(Statement statement, Directive.Form form) {
        String name = statement.name();
        boolean right = true;
        if (form.hasValue() && statement.argumentCount() == 0) {
            String what = form == Directive.Form.NAMED_BLOCK ? "name" : "value";
            findings.error(
                    statement.place(),
                    "'" + name + "' lacks its " + what + "; write '" + name + " ...'");
            right = form == Directive.Form.NAMED_BLOCK;
        }
        if (form.hasBlock() && !statement.hasBlock()) {
            findings.error(
                    statement.place(),
                    "'" + name + "' lacks its block; write '{' after it and '}' at the end");
            right = false;
        } else if (!form.hasBlock() && statement.hasBlock()) {
            findings.error(statement.place(), "'" + name + "' takes no block; remove the braces");
            right = false;
        }
        return right;
    }

    /** Returns the first argument as a whole number in the range, or reports why not and returns null. */
    final @Nullable Integer whole(Statement statement, int least, int most) {
        Long value = Numbers.whole(statement.argument(0));
        if (value == null || value < least || value > most) {
            findings.error(
                    statement.place(),
                    "'"
                            + statement.name()
                            + "' is '"
                            + statement.argument(0)
                            + "'; it must be "
                            + (most == least + 1
                                    ? least + " or " + most
                                    : "a whole number from " + least + " to " + most));
            return null;
        }
        return value.intValue();
    }

    /** Returns the first argument as seconds in the range, or reports why not and returns null. */
    final @Nullable Duration seconds(Statement statement, Duration least, Duration most) {
        Duration value = Numbers.seconds(statement.argument(0));
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            findings.error(
                    statement.place(),
                    "'"
                            + statement.name()
                            + "' is '"
                            + statement.argument(0)
                            + "'; it must be a number of seconds from "
                            + least.toSeconds()
                            + " to "
                            + most.toSeconds());
            return null;
        }
        return value;
    }

    /** Returns the optional argument on/off, true when there is none, or reports why not and returns null. */
    final @Nullable Boolean flag(Statement statement) {
        if (statement.argumentCount() == 0) {
            return true;
        }
        switch (statement.argument(0)) {
            case "on", "true", "yes" -> {
                return true;
            }
            case "off", "false", "no" -> {
                return false;
            }
            default -> {
                findings.error(
                        statement.place(),
                        "'"
                                + statement.name()
                                + "' is '"
                                + statement.argument(0)
                                + "'; it must be on, true, yes, off, false, no, or nothing, which means on");
                return null;
            }
        }
    }

    /** Reports a value other than the one that Evenkeel knows. */
    final void only(Statement statement, String value) {
        if (!statement.argument(0).equals(value)) {
            findings.error(
                    statement.place(),
                    "'"
                            + statement.name()
                            + "' is '"
                            + statement.argument(0)
                            + "'; Evenkeel supports "
                            + value
                            + " alone");
        }
    }
}
