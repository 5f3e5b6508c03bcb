package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickServerKey;
import io.evenkeel.lb.StickTableConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a {@code stick-table} line. */
final class StickTableParser {
    private static final List<String> TYPES = List.of("ip", "ipv6", "integer", "string", "binary");
    private static final List<String> ARGUMENTS =
            List.of("type", "size", "expire", "nopurge", "peers", "srvkey", "store");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([kKmMgG]?)");

    /** A name and, perhaps, what is in brackets after it. */
    private static final Pattern STORED = Pattern.compile("([a-z0-9_]+)(?:\\(([^()]*)\\))?");

    /** Commas that are not within brackets. */
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private static final Set<String> OF_HTTP =
            Set.of(
                    "http_req_cnt",
                    "http_req_rate",
                    "http_err_cnt",
                    "http_err_rate",
                    "http_fail_cnt",
                    "http_fail_rate");
    private static final Set<String> OF_GENERAL_PURPOSE =
            Set.of("gpc", "gpc_rate", "gpc1", "gpc1_rate", "gpt");

    /** Every entry has its server in any case. */
    private static final Set<String> OF_SERVER = Set.of("server_id", "server_key");

    private final Words words;
    private @Nullable StickKeyType type;
    private int size;
    private Duration expire = Duration.ZERO;
    private boolean nopurge;
    private @Nullable String peers;
    private StickServerKey serverKey = StickServerKey.NAME;
    private final Map<StickDataType, Duration> data = new EnumMap<>(StickDataType.class);
    private boolean refused;

    private StickTableParser(Words words) {
        this.words = words;
    }

    static void read(Words words, ProxyDraft draft) {
        ProxyDraft.StickTable before = draft.stickTable;
        if (before != null) {
            words.refuse(
                    "the stick table of "
                            + draft.title()
                            + " is on line "
                            + before.line()
                            + " already, and a section has one; put the other into a backend of"
                            + " its own, which needs no server");
            words.skipRest();
            return;
        }
        draft.stickTable =
                new ProxyDraft.StickTable(new StickTableParser(words).read(), words.line());
    }

    private @Nullable StickTableConfig read() {
        while (words.hasNext()) {
            argument(words.next());
        }
        StickKeyType keyType = type;
        if (!refused && (keyType == null || size == 0)) {
            words.refuse(
                    "'stick-table' needs "
                            + (keyType == null
                                    ? "'type', and after it one of " + String.join(", ", TYPES)
                                    : "'size' and the most entries that it may have, such as 100k"));
        }
        if (refused || keyType == null || size == 0) {
            return null;
        }
        StickTableConfig.Builder builder =
                StickTableConfig.builder(keyType, size)
                        .expire(expire)
                        .nopurge(nopurge)
                        .serverKey(serverKey)
                        .peers(peers);
        data.forEach(builder::store);
        return builder.build();
    }

    private void argument(String name) {
        switch (name) {
            case "type" -> type();
            case "size" -> size();
            case "expire" -> {
                Duration time = words.time(name, true);
                refused |= time == null;
                expire = time == null ? Duration.ZERO : time;
            }
            case "nopurge" -> nopurge = true;
            case "peers" -> {
                peers = words.argument(name, "the name of a peers section");
                refused |= peers == null;
            }
            case "srvkey" -> {
                String key = words.choice(name, List.of("name", "addr"));
                refused |= key == null;
                serverKey = "addr".equals(key) ? StickServerKey.ADDRESS : StickServerKey.NAME;
            }
            case "store" -> {
                String types = words.hasNext() ? words.next() : "";
                for (String one : COMMA.split(types)) {
                    if (!types.isEmpty()) {
                        store(one);
                    }
                }
            }
            case "write-to" -> {
                refuse(
                        "'write-to' is not supported: there is no second table that entries are"
                                + " told to; remove it");
                words.argument(name, "a table");
            }
            default -> {
                refuse(
                        "'stick-table' does not know "
                                + Report.quote(name)
                                + Nearest.hint(name, ARGUMENTS)
                                + "; it takes "
                                + String.join(", ", ARGUMENTS)
                                + (name.equals("len") ? "; len follows string or binary" : ""));
                words.skipRest();
            }
        }
    }

    private void type() {
        String name = words.choice("type", TYPES);
        if (name == null) {
            refused = true;
            return;
        }
        boolean variable = name.equals("string") || name.equals("binary");
        int length =
                name.equals("string")
                        ? StickKeyType.DEFAULT_STRING_LENGTH
                        : StickKeyType.DEFAULT_BINARY_LENGTH;
        if (variable && words.peek().equals("len")) {
            words.next();
            Integer given = words.integer("len", 1, StickKeyType.MAX_LENGTH);
            refused |= given == null;
            length = given == null ? length : given;
        }
        type =
                switch (name) {
                    case "ip" -> StickKeyType.ip();
                    case "ipv6" -> StickKeyType.ipv6();
                    case "integer" -> StickKeyType.integer();
                    case "string" -> StickKeyType.string(length);
                    default -> StickKeyType.binary(length);
                };
    }

    private void size() {
        String word = words.argument("size", "the most entries that the table may have");
        Matcher matcher = SIZE.matcher(word == null ? "" : word);
        if (word != null && matcher.matches()) {
            int shift =
                    switch (matcher.group(2)) {
                        case "k", "K" -> 10;
                        case "m", "M" -> 20;
                        case "g", "G" -> 30;
                        default -> 0;
                    };
            long number = Long.parseLong(matcher.group(1));
            if (number > 0 && number <= Integer.MAX_VALUE >> shift) {
                size = (int) number << shift;
                return;
            }
        }
        refused = true;
        if (word != null) {
            words.refuse(
                    "'size' is "
                            + Report.quote(word)
                            + ", but must be a whole number from 1 to 2147483647, or less with k, m"
                            + " or g after it, such as 100k");
        }
    }

    private void store(String word) {
        Matcher matcher = STORED.matcher(word);
        String name = matcher.matches() ? matcher.group(1) : word;
        String argument = matcher.matches() ? matcher.group(2) : null;
        if (OF_SERVER.contains(name) && argument == null) {
            return;
        }
        if (OF_HTTP.contains(name) || OF_GENERAL_PURPOSE.contains(name)) {
            words.warn(
                    "'store "
                            + name
                            + "' has no effect: "
                            + (OF_HTTP.contains(name)
                                    ? "mode tcp counts nothing of HTTP"
                                    : "of these there are gpc0, gpc0_rate and gpt0"));
            return;
        }
        StickDataType stored =
                Stream.of(StickDataType.values())
                        .filter(known -> known.toString().equals(name))
                        .findFirst()
                        .orElse(null);
        if (stored == null) {
            List<String> known = Stream.of(StickDataType.values()).map(Object::toString).toList();
            refuse(
                    "'store' does not know "
                            + Report.quote(word)
                            + Nearest.hint(name, known)
                            + "; it takes server_id, "
                            + String.join(", ", known));
        } else if (stored.isRate() == (argument == null)) {
            refuse(
                    stored.isRate()
                            ? "'" + name + "' needs a period, such as " + name + "(10s)"
                            : "'" + name + "' has no period; write it without brackets");
        } else {
            store(stored, argument);
        }
    }

    private void store(StickDataType stored, @Nullable String argument) {
        Duration period =
                argument == null
                        ? Duration.ZERO
                        : Times.parse(words, "the period of '" + stored + "'", argument, false);
        refused |= period == null;
        if (period != null && data.putIfAbsent(stored, period) != null) {
            words.warn("'store " + stored + "' is there already; the first one counts");
        }
    }

    private void refuse(String message) {
        refused = true;
        words.refuse(message);
    }
}
