package io.evenkeel.lb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what is wrong with a configuration, so that a builder reports all of it at once. */
final class Problems {
    /** HAProxy's longest time: 2^31 - 1 ms, some 24.8 days. */
    static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int LONGEST_DEVICE = 15;

    private final String owner;
    private final List<ConfigProblem> found = new ArrayList<>();

    Problems(String owner) {
        this.owner = owner;
    }

    void add(String field, String message) {
        found.add(new ConfigProblem(field.isEmpty() ? owner : owner + "." + field, message));
    }

    void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            add(field, "is " + value + ", but must be from " + least + " to " + most);
        }
    }

    void atLeast(String field, int value, int least) {
        if (value < least) {
            add(field, "is " + value + ", but must be at least " + least);
        }
    }

    /** A name as HAProxy takes it: letters, digits and {@code - _ . :}. */
    void name(String value) {
        if (value.isEmpty()) {
            add("name", "is empty, but a name needs at least one character");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || "-_.:".indexOf(c) >= 0;
            if (!allowed) {
                add(
                        "name",
                        "holds the character "
                                + printable(c)
                                + ", but a name is made of letters, digits and - _ . :");
                return;
            }
        }
    }

    /** A host name or literal address: only its form is looked at, nothing is resolved here. */
    void host(String field, String value) {
        if (value.isEmpty()) {
            add(field, "is empty, but must be a host name or an address");
            return;
        }
        noControlOrSpace(field, value);
    }

    void noControlOrSpace(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                add(
                        field,
                        "holds the character "
                                + printable(c)
                                + ", but spaces and control characters are not allowed there");
                return;
            }
        }
    }

    /** A literal address, so that nothing is looked up where it is used; only its form is looked at. */
    void address(String field, String value) {
        if (!LITERAL.matcher(value).matches()) {
            add(
                    field,
                    "is '"
                            + value
                            + "', but must be an address such as 192.0.2.1 or 2001:db8::1, not a"
                            + " name");
        }
    }

    /** The name of a network interface, as Linux takes it. */
    void device(String field, String value) {
        noControlOrSpace(field, value);
        if (value.isEmpty() || value.length() > LONGEST_DEVICE || value.indexOf('/') >= 0) {
            add(
                    field,
                    "is '"
                            + value
                            + "', but the name of an interface has 1 to "
                            + LONGEST_DEVICE
                            + " characters and no slash");
        }
    }

    /** A text whose characters are one byte each. */
    void bytes(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                add(
                        field,
                        "holds the character "
                                + printable(value.charAt(i))
                                + ", which is not one byte; write its bytes in hexadecimal");
                return;
            }
        }
    }

    /** A time that may be zero, which means that there is no limit. */
    void timeout(String field, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            add(field, "is " + value + ", but must be from 0 (no limit) to 2147483647 ms");
        }
    }

    void interval(String field, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            add(field, "is " + value + ", but must be above 0 and at most 2147483647 ms");
        }
    }

    /** A condition that holds or does not as soon as a connection is accepted. */
    void addressesOnly(String field, Condition condition) {
        if (!condition.needs().isEmpty()) {
            add(
                    field,
                    "looks at the first bytes, of which none is there when a connection is"
                            + " accepted; look at addresses and ports only");
        }
    }

    void unique(String field, List<String> names, String noun) {
        Set<String> seen = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name) && told.add(name)) {
                add(field + "[" + name + "]", "this " + noun + " is there twice; rename one");
            }
        }
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfigException(found);
        }
    }

    /** Nanoseconds of a time that has passed {@link #timeout} or {@link #interval}. */
    static long nanos(Duration checked) {
        return checked.toNanos();
    }

    private static String printable(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }
}
