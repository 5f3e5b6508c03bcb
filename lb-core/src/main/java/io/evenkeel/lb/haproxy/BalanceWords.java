package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that say together how a backend spreads its connections: {@code balance}, {@code hash-type}, {@code hash-balance-factor}. */
final class BalanceWords {
    private static final List<String> ALGORITHMS =
            List.of("roundrobin", "static-rr", "leastconn", "first", "random", "source");

    private static final Pattern RANDOM = Pattern.compile("random\\((.*)\\)");
    private static final Pattern HTTP = Pattern.compile("uri|url_param|hdr\\(.*\\)");
    private static final Pattern RDP = Pattern.compile("rdp-cookie(\\(.*\\))?");
    private static final List<String> FUNCTIONS = List.of("sdbm", "djb2", "wt6", "crc32");

    /** What a hash is of, in the order in which it is told. */
    private static final Map<String, BalanceKey> KEYS = keys();

    private String algorithm = "roundrobin";
    private BalanceKey key = BalanceKey.SOURCE;
    private int draws = 2;
    private boolean consistent;
    private int factor;
    private @Nullable String byRequest;
    private int byRequestLine;

    BalanceWords copy() {
        BalanceWords copy = new BalanceWords();
        copy.algorithm = algorithm;
        copy.key = key;
        copy.draws = draws;
        copy.consistent = consistent;
        copy.factor = factor;
        copy.byRequest = byRequest;
        copy.byRequestLine = byRequestLine;
        return copy;
    }

    private static Map<String, BalanceKey> keys() {
        Map<String, BalanceKey> keys = new LinkedHashMap<>();
        keys.put("src", BalanceKey.SOURCE);
        keys.put("dst", BalanceKey.DESTINATION);
        keys.put("req.ssl_sni", BalanceKey.SERVER_NAME);
        keys.put("req_ssl_sni", BalanceKey.SERVER_NAME);
        keys.put("req.hdr(host)", BalanceKey.HOST);
        keys.put("hdr(host)", BalanceKey.HOST);
        return Collections.unmodifiableMap(keys);
    }

    /** Reads what follows {@code balance}. */
    void readBalance(Words words) {
        String word = words.argument("balance", String.join(", ", ALGORITHMS));
        if (word == null) {
            return;
        }
        Matcher random = RANDOM.matcher(word);
        if (random.matches()) {
            readDraws(words, random.group(1));
        } else if (word.equals("hash")) {
            readHash(words);
        } else if (HTTP.matcher(word).matches()) {
            choose("roundrobin");
            byRequest = "balance " + word;
            byRequestLine = words.line();
            words.warn(
                    "'balance "
                            + word
                            + "' goes by an HTTP request, which is not read in mode tcp: round robin"
                            + " is used instead, as HAProxy does; write 'balance source' to keep a"
                            + " client on a server");
            words.skipRest();
        } else if (ALGORITHMS.contains(word)) {
            choose(word);
            words.end("balance");
        } else {
            refuse(words, word);
            words.skipRest();
        }
    }

    /** {@code balance uri} and its like, or null: round robin stands in for it. */
    @Nullable String byRequest() {
        return byRequest;
    }

    int byRequestLine() {
        return byRequestLine;
    }

    private void choose(String word) {
        byRequest = null;
        key = BalanceKey.SOURCE;
        algorithm = word;
        draws = 2;
    }

    private void readDraws(Words words, String number) {
        choose("random");
        if (!number.isEmpty()) {
            Words inner = words.of(number);
            Integer value = inner.integer("random()", 1, Integer.MAX_VALUE);
            draws = value == null ? draws : value;
        }
        words.end("balance");
    }

    private void readHash(Words words) {
        String expression = words.argument("balance hash", "what to hash, such as src");
        if (expression == null) {
            return;
        }
        BalanceKey found = KEYS.get(expression);
        if (found != null) {
            choose("source");
            key = found;
            words.end("balance hash " + expression);
        } else {
            words.refuse(
                    "'balance hash' does not support "
                            + Report.quote(expression)
                            + "; it supports "
                            + String.join(", ", KEYS.keySet())
                            + Nearest.hint(expression, KEYS.keySet()));
            words.skipRest();
        }
    }

    private static void refuse(Words words, String word) {
        if (RDP.matcher(word).matches()) {
            words.refuse(
                    "'balance "
                            + word
                            + "' goes by what the client sends, which is not looked at yet; write"
                            + " 'balance source' to keep a client on a server");
        } else {
            words.refuse(
                    "'balance' does not support "
                            + Report.quote(word)
                            + "; it supports "
                            + String.join(", ", ALGORITHMS)
                            + Nearest.hint(word, ALGORITHMS));
        }
    }

    /** Reads what follows {@code hash-type}. */
    void readHashType(Words words) {
        String method = words.choice("hash-type", List.of("map-based", "consistent"));
        if (method == null) {
            words.skipRest();
            return;
        }
        consistent = method.equals("consistent");
        if (!words.hasNext()) {
            return;
        }
        String function = words.choice("hash-type " + method, FUNCTIONS);
        if (function != null && words.hasNext()) {
            words.choice("hash-type " + method + " " + function, List.of("avalanche"));
        }
        if (function != null) {
            words.warn(
                    "the hash is XXH64 and not "
                            + function
                            + ": clients keep to their servers here too, but to other ones than"
                            + " with HAProxy");
        }
        words.end("hash-type");
    }

    /** Reads what follows {@code hash-balance-factor}. */
    void readFactor(Words words) {
        Integer value = words.integer("hash-balance-factor", 0, 1_000_000);
        if (value != null && value > 0 && value <= 100) {
            words.refuse(
                    "'hash-balance-factor' is "
                            + value
                            + ", but a server must be let have more than its share: write 101 or"
                            + " more, of use are 125 to 200, or 0 for no bound");
        } else if (value != null) {
            factor = value;
        }
        words.end("hash-balance-factor");
    }

    /** What the lines mean together. */
    Balance balance() {
        return switch (algorithm) {
            case "static-rr" -> Balance.staticRoundRobin();
            case "leastconn" -> Balance.leastConnections();
            case "first" -> Balance.first();
            case "random" -> Balance.random(draws);
            case "source" -> source();
            default -> Balance.roundRobin();
        };
    }

    private Balance source() {
        if (!consistent) {
            return Balance.hash(key);
        }
        return factor == 0 ? Balance.ring(key) : Balance.boundedRing(key, factor);
    }
}
