package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import org.jspecify.annotations.Nullable;

/** Reads a line that is a row of options with and without a value, such as a route or a rule. */
abstract class OptionLine {
    private final String what;
    private final Vocabulary vocabulary;
    private final Statement statement;
    private final Findings findings;
    private boolean refused;

    OptionLine(String what, Vocabulary vocabulary, Statement statement, Findings findings) {
        this.what = what;
        this.vocabulary = vocabulary;
        this.statement = statement;
        this.findings = findings;
    }

    /** Takes in an option and its value, which is empty for one without. */
    abstract void set(String option, String value);

    /** Takes in a word that is no option; false if there is no place for it. */
    boolean setBare(String word) {
        return false;
    }

    /** Reads the line up to the first word that it cannot. */
    final void readOptions() {
        if (statement.hasBlock()) {
            error(what + " takes no block; remove the braces");
        }
        int at = 0;
        while (at <= statement.argumentCount()) {
            String word = word(at++);
            Directive directive = vocabulary.find(word);
            if (directive == null) {
                if (setBare(word)) {
                    continue;
                }
                unknown(word);
                return;
            }
            if (directive.support() == Directive.Support.REFUSED) {
                error(
                        "'"
                                + word
                                + "' is a keepalived option that Evenkeel does not support: "
                                + directive.note());
                return;
            }
            if (directive.support() == Directive.Support.IGNORED) {
                warning("'" + word + "' has no effect: " + directive.note());
                continue;
            }
            if (!directive.form().hasValue()) {
                set(word, "");
                continue;
            }
            if (at > statement.argumentCount()) {
                error("'" + word + "' of " + what + " lacks its value; write it after the word");
                return;
            }
            set(word, word(at++));
        }
    }

    private String word(int at) {
        return at == 0 ? statement.name() : statement.argument(at - 1);
    }

    private void unknown(String word) {
        String nearest = vocabulary.nearest(word);
        String hint =
                InstanceVocabulary.INSTANCE.find(word) == null
                        ? ""
                        : " (is a '}' missing before it?)";
        error(
                "'"
                        + word
                        + "' is no option of "
                        + what
                        + hint
                        + (nearest == null
                                ? "; write every one on a line of its own"
                                : "; did you mean '" + nearest + "'?"));
    }

    /** Returns the number in the range, decimal or with 0x, or reports why not and returns the least. */
    final long number(String option, String value, long least, long most) {
        Long number = Numbers.unsigned(value);
        if (number != null && number >= least && number <= most) {
            return number;
        }
        error(
                "'"
                        + option
                        + "' is '"
                        + value
                        + "'; it must be a whole number from "
                        + least
                        + " to "
                        + most);
        return least;
    }

    /** Returns the number of a table, or reports that it is none and returns that of the main one. */
    final int table(String option, String value) {
        switch (value) {
            case "main" -> {
                return 254;
            }
            case "local" -> {
                return 255;
            }
            case "default" -> {
                return 253;
            }
            default -> {
                Long number = Numbers.unsigned(value);
                if (number != null && number >= 1 && number <= Integer.MAX_VALUE) {
                    return number.intValue();
                }
                error(
                        "'"
                                + option
                                + "' is '"
                                + value
                                + "'; it must be a number from 1 to 2147483647, or main, local or default (the names of"
                                + " /etc/iproute2/rt_tables are not looked up)");
                return 254;
            }
        }
    }

    final @Nullable IpAddress address(String option, String value) {
        try {
            return IpAddress.parse(value);
        } catch (IllegalArgumentException e) {
            error(
                    "'"
                            + option
                            + "' is '"
                            + value
                            + "'; it must be an address such as 192.0.2.1 or 2001:db8::1");
            return null;
        }
    }

    /** Whether a word looks like an address or a prefix. */
    static boolean isPrefix(String word) {
        int slash = word.indexOf('/');
        try {
            IpAddress.parse(slash < 0 ? word : word.substring(0, slash));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns the prefix, or reports why it is none and returns null.
     *
     * @param exact whether bits behind the prefix are refused, as the kernel does; otherwise they are warned about
     */
    final @Nullable IpPrefix prefix(String option, String value, boolean exact) {
        int slash = value.indexOf('/');
        String text = slash < 0 ? value : value.substring(0, slash);
        if (!isPrefix(text)) {
            error(
                    "'"
                            + option
                            + "' is '"
                            + value
                            + "'; it must be a prefix such as 192.0.2.0/24 or 2001:db8::/32, or an address");
            return null;
        }
        IpAddress address = IpAddress.parse(text);
        int bits = address.isIpv4() ? 32 : 128;
        Long length = slash < 0 ? Long.valueOf(bits) : Numbers.whole(value.substring(slash + 1));
        if (length == null || length < 0 || length > bits) {
            error("the prefix length of '" + value + "' must be a whole number from 0 to " + bits);
            return null;
        }
        IpPrefix around = IpPrefix.around(address, length.intValue());
        if (!around.address().equals(address)) {
            String sentence =
                    "'"
                            + value
                            + "' has bits behind its prefix, which do not count; write '"
                            + around.address()
                            + "/"
                            + length
                            + "'";
            if (exact && address.isIpv4()) {
                error(sentence);
            } else {
                warning(sentence);
            }
        }
        return around;
    }

    final void error(String message) {
        refused = true;
        findings.error(statement.place(), message);
    }

    final void error(IllegalArgumentException cause) {
        error(Sentences.lower(String.valueOf(cause.getMessage())));
    }

    final void warning(String message) {
        findings.warning(statement.place(), message);
    }

    final boolean isRefused() {
        return refused;
    }
}
