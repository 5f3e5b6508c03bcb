package io.evenkeel.vrrp.keepalived;

import org.jspecify.annotations.Nullable;

/**
 * As whom a script runs.
 *
 * @param user the name of the user, or null for the one who runs Evenkeel
 * @param group the name of the group, or null for that of the user
 */
record Account(@Nullable String user, @Nullable String group) {
    static final Account OWN = new Account(null, null);

    /** Reads user and group from the argument with that index on; what follows them is reported. */
    static Account read(Statement statement, int from, Findings findings) {
        int count = statement.argumentCount();
        if (count > from + 2) {
            findings.error(
                    statement.place(),
                    "'"
                            + statement.argument(from + 2)
                            + "' after '"
                            + statement.name()
                            + "' is too much; "
                            + (from > 0
                                    ? "put a command with arguments into quotes, before user and group"
                                    : "write a user, and perhaps a group"));
        }
        return new Account(
                count > from ? statement.argument(from) : null,
                count > from + 1 ? statement.argument(from + 1) : null);
    }

    /** This one, or the other if this names nobody. */
    Account or(Account other) {
        return user == null ? other : this;
    }
}
