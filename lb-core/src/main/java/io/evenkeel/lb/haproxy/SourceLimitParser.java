package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.SourceLimitConfig;
import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickTableConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tcp-request connection track-sc0 src} and the lines below it that reject whoever has too much by that. HAProxy counts a
 * connection at that line, those that are rejected above it are not, and those that are accepted above it are neither counted nor
 * limited; so these lines are the last of their kind.
 */
final class SourceLimitParser {
    static final String TRACK = "track-sc0";

    private static final Pattern SOURCE = Pattern.compile("src(?: table (\\S+))?");
    private static final Pattern LIMIT =
            Pattern.compile(
                    "if \\{ (src|sc0|sc)_(conn_cur|conn_rate|sess_rate)(?:\\(([^)]*)\\))?"
                            + " (gt|ge) ([0-9]{1,9}) \\}");

    private final ProxyDraft draft;

    /** {@code track-sc0}, and 0 where nothing is limited. */
    private final int line;

    private final String table;
    private long connections;
    private long arriving;
    private long sessions;

    private SourceLimitParser(ProxyDraft draft, int line, String table) {
        this.draft = draft;
        this.line = line;
        this.table = table;
    }

    /** The rest of a {@code track-sc0} line. */
    static void track(Words words, ProxyDraft draft) {
        Matcher source = SOURCE.matcher(words.rest());
        if (!source.matches() || draft.rules.source != null) {
            words.refuse(
                    "'tcp-request connection track-sc0' is supported once in a section, with 'src'"
                            + " or 'src table NAME' and without a condition; write it so, or remove"
                            + " it");
            return;
        }
        String named = source.group(1);
        draft.rules.source =
                new SourceLimitParser(draft, words.line(), named == null ? draft.name : named);
    }

    /** Takes a {@code reject} line that limits; false if it is another one. */
    static boolean limit(Words words, ProxyDraft draft) {
        Matcher limit = LIMIT.matcher(words.peekRest());
        if (!limit.matches()) {
            return false;
        }
        words.skipRest();
        SourceLimitParser source = draft.rules.source;
        String of = limit.group(3);
        boolean counter = limit.group(1).equals("sc");
        boolean tracked =
                source != null
                        && (counter ? "0".equals(of) : of == null || of.equals(source.table));
        if (source == null || !tracked) {
            words.refuse(
                    "'"
                            + limit.group(1)
                            + "_"
                            + limit.group(2)
                            + "' is supported of the table that a line 'tcp-request connection"
                            + " track-sc0 src' above it names; add that line, or remove this one");
            return true;
        }
        source.add(words, limit.group(2), limit.group(4).equals("gt"), limit.group(5));
        return true;
    }

    /** This connection is among the connections and the arriving ones already, but not among the sessions. */
    private void add(Words words, String what, boolean above, String number) {
        boolean ofSessions = what.equals("sess_rate");
        long most = Long.parseLong(number) - (above ? 0 : 1) + (ofSessions ? 1 : 0);
        if (most < 1) {
            words.refuse("this rejects every connection; write a higher number");
            return;
        }
        switch (what) {
            case "conn_cur" -> connections = least(connections, most);
            case "conn_rate" -> arriving = least(arriving, most);
            default -> sessions = least(sessions, most);
        }
    }

    private static long least(long before, long most) {
        return before == 0 ? most : Math.min(before, most);
    }

    /**
     * Reports what the table does not count.
     *
     * @param config or null if there is no such table
     */
    void check(Report report, @Nullable StickTableConfig config) {
        String title = "the stick table " + Report.quote(table);
        if (config == null) {
            report.refuse(
                    line,
                    "there is no stick table "
                            + Report.quote(table)
                            + "; add a stick-table line to a section of that name");
            return;
        }
        if (!StickKeySource.SOURCE.fits(config.keyType())) {
            report.refuse(
                    line,
                    title
                            + " has keys of type "
                            + config.keyType()
                            + ", and none is made of src; use a table of type ipv6 or ip");
        }
        requires(report, title, config, connections, StickDataType.CONN_CUR);
        requires(report, title, config, arriving, StickDataType.CONN_RATE);
        requires(report, title, config, sessions, StickDataType.SESS_RATE);
    }

    private void requires(
            Report report, String title, StickTableConfig config, long most, StickDataType type) {
        if (most > 0 && !config.stores(type)) {
            report.refuse(
                    line,
                    title
                            + " does not store "
                            + type
                            + ", by which "
                            + draft.title()
                            + " rejects connections; add it to the 'store' of its line");
        }
    }

    int line() {
        return line;
    }

    String table() {
        return table;
    }

    SourceLimitConfig config() {
        return new SourceLimitConfig(table, (int) connections, arriving, sessions);
    }
}
