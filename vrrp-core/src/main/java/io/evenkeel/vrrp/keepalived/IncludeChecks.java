package io.evenkeel.vrrp.keepalived;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which includes are errors when they find nothing. */
final class IncludeChecks {
    private enum Check {
        READABLE,
        MATCH,
        WILDCARD_MATCH,
        BRACE_MATCH
    }

    static final IncludeChecks NONE = new IncludeChecks(EnumSet.noneOf(Check.class));
    private static final IncludeChecks ALL = new IncludeChecks(EnumSet.allOf(Check.class));

    private final Set<Check> checks;

    private IncludeChecks(Set<Check> checks) {
        this.checks = checks;
    }

    /** Whether the word starts an include. */
    static boolean isInclude(String word) {
        return word.equals("include")
                || (word.length() == 8
                        && word.startsWith("include")
                        && "rmwba".indexOf(word.charAt(7)) >= 0);
    }

    /** Returns these and those that the include brings. */
    IncludeChecks with(String include) {
        return switch (include) {
            case "includer" -> with(Check.READABLE);
            case "includem" -> with(Check.MATCH);
            case "includew" -> with(Check.WILDCARD_MATCH);
            case "includeb" -> with(Check.BRACE_MATCH);
            case "includea" -> ALL;
            default -> this;
        };
    }

    private IncludeChecks with(Check check) {
        EnumSet<Check> more = EnumSet.of(check, Check.READABLE);
        more.addAll(checks);
        return new IncludeChecks(more);
    }

    /** Returns what an {@code include_check} with these options makes of these, and reports the options that are none. */
    IncludeChecks changed(List<String> options, Place place, Findings findings) {
        if (options.isEmpty()) {
            return ALL;
        }
        boolean relative = options.get(0).startsWith("+") || options.get(0).startsWith("-");
        EnumSet<Check> changed = EnumSet.noneOf(Check.class);
        if (relative) {
            changed.addAll(checks);
        }
        for (String option : options) {
            boolean removes = option.startsWith("-");
            String name = removes || option.startsWith("+") ? option.substring(1) : option;
            Check check = named(name);
            if (check == null) {
                findings.error(
                        place,
                        "'"
                                + name
                                + "' is no check of includes; it is readable, match, wildcard_match or brace_match");
            } else if (removes) {
                changed.remove(check);
            } else {
                changed.add(check);
                changed.add(Check.READABLE);
            }
        }
        return new IncludeChecks(changed);
    }

    private static @org.jspecify.annotations.Nullable Check named(String name) {
        return switch (name) {
            case "readable" -> Check.READABLE;
            case "match" -> Check.MATCH;
            case "wildcard_match" -> Check.WILDCARD_MATCH;
            case "brace_match" -> Check.BRACE_MATCH;
            default -> null;
        };
    }

    boolean refuseUnreadable() {
        return checks.contains(Check.READABLE);
    }

    /** Whether a pattern that matches nothing is an error. */
    boolean refuseMissing(boolean wildcard, boolean brace) {
        boolean match = checks.contains(Check.MATCH) || checks.contains(Check.WILDCARD_MATCH);
        return (brace && checks.contains(Check.BRACE_MATCH))
                || (wildcard ? checks.contains(Check.WILDCARD_MATCH) : match);
    }
}
