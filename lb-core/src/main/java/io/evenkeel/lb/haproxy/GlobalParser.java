package io.evenkeel.lb.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of the global sections. */
final class GlobalParser {
    private static final int MOST_THREADS = 64;
    private static final Duration INFINITE = Duration.ofMillis(Integer.MAX_VALUE);

    /** 0: not given. */
    int maxConnections;

    /** {@code maxconnrate}; 0: not given. */
    int maxConnectionRate;

    /** {@code maxsessrate}; 0: not given. */
    int maxSessionRate;

    /** 0: not given. */
    int threads;

    int spreadPercent;
    boolean verifyByDefault = true;

    /** How long connections may go on after a stop, or null when not given. */
    @Nullable Duration hardStopAfter;

    /** How long before that they begin to be closed, or null when not given. */
    @Nullable Duration closeSpread;

    /** The name of this node among its peers, or null when not given. */
    @Nullable String localPeer;

    final GlobalTls tls = new GlobalTls();
    final GlobalBuffers buffers = new GlobalBuffers();

    private final Environment environment;

    GlobalParser(Environment environment) {
        this.environment = environment;
    }

    void line(Words words) {
        boolean negated = words.peek().equals("no");
        if (negated) {
            words.next();
        }
        String name = words.hasNext() ? GlobalKeywords.TABLE.take(words) : "";
        Keyword keyword = GlobalKeywords.TABLE.get(name);
        if (negated && (keyword == null || keyword.support() == Keyword.Support.SUPPORTED)) {
            words.refuse(
                    "'no' cannot stand "
                            + (name.isEmpty() ? "alone" : "before " + Report.quote(name))
                            + "; remove the line");
        } else if (negated) {
            words.skipRest();
        } else if (keyword == null) {
            unknown(words, name);
        } else if (KeywordTable.carriedOut(words, name, keyword)) {
            supported(words, name);
        }
    }

    private void unknown(Words words, String name) {
        List<String> second = GlobalKeywords.TABLE.after(name);
        if (!second.isEmpty()) {
            words.refuse(
                    "'"
                            + name
                            + "' needs one of "
                            + String.join(", ", second)
                            + " after it in global");
        } else if (ProxyKeywords.TABLE.isFirstWord(name)) {
            words.refuse(
                    "'"
                            + name
                            + "' is not allowed in global; it belongs in a frontend, listen or"
                            + " backend section, or in defaults");
        } else {
            List<String> known = new ArrayList<>(GlobalKeywords.TABLE.names());
            known.addAll(SectionKeywords.TABLE.names());
            words.refuse(
                    "unknown keyword "
                            + Report.quote(name)
                            + " in global"
                            + Nearest.hint(name, known));
        }
        words.skipRest();
    }

    private static Set<String> names(Words words) {
        Set<String> names = new LinkedHashSet<>();
        while (words.hasNext()) {
            names.add(words.next());
        }
        return names;
    }

    private void supported(Words words, String name) {
        switch (name) {
            case "maxconn" -> {
                Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                maxConnections = most == null ? maxConnections : most;
            }
            case "maxconnrate" -> {
                Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                maxConnectionRate = most == null ? maxConnectionRate : most;
            }
            case "maxsessrate" -> {
                Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                maxSessionRate = most == null ? maxSessionRate : most;
            }
            case "nbthread" -> {
                Integer count = words.integer(name, 1, MOST_THREADS);
                threads = count == null ? threads : count;
            }
            case "spread-checks" -> {
                Integer percent = words.integer(name, 0, 50);
                spreadPercent = percent == null ? spreadPercent : percent;
            }
            case "ssl-server-verify" -> {
                String verify = words.choice(name, List.of("none", "required"));
                verifyByDefault = verify == null ? verifyByDefault : verify.equals("required");
            }
            case "hard-stop-after" -> {
                Duration time = words.time(name, true);
                hardStopAfter = time == null || time.isZero() ? null : time;
            }
            case "close-spread-time" -> {
                boolean infinite = words.peek().equals("infinite");
                Duration time = infinite ? INFINITE : words.time(name, true);
                if (infinite) {
                    words.next();
                }
                closeSpread = time == null ? closeSpread : time;
            }
            case "setenv", "presetenv" -> {
                String variable = words.argument(name, "the name of a variable and its value");
                String value = words.argument(name, "the name of a variable and its value");
                boolean kept =
                        variable != null
                                && name.equals("presetenv")
                                && environment.get(variable) != null;
                if (variable != null && value != null && !kept) {
                    environment.set(variable, value);
                }
            }
            case "unsetenv" -> {
                if (!words.hasNext()) {
                    words.argument(name, "the names of variables");
                }
                names(words).forEach(environment::unset);
            }
            case "resetenv" -> environment.keepOnly(names(words));
            case "node" -> words.argument(name, "a name");
            case "localpeer" -> {
                String peer = words.argument(name, "the name of this node among its peers");
                localPeer = peer == null ? localPeer : peer;
            }
            case "description" -> words.skipRest();
            default -> {
                if (!tls.read(words, name) && !buffers.read(words, name)) {
                    throw new IllegalStateException("no code carries out " + name);
                }
            }
        }
        words.end(name);
    }
}
