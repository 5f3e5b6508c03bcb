package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.Observation;
import io.evenkeel.lb.ServerConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Reads the words after the address of a server line, or after {@code default-server}. */
final class ServerWords {
    /** HealthCheck keeps rise + fall in one int; more than this is a slip anyway. */
    private static final int MOST_CHECKS = 1_000_000;

    private final Words words;
    private final ServerSettings settings;

    private ServerWords(Words words, ServerSettings settings) {
        this.words = words;
        this.settings = settings;
    }

    static void read(Words words, ServerSettings settings) {
        ServerWords reader = new ServerWords(words, settings);
        while (words.hasNext()) {
            reader.word(words.next());
        }
    }

    /** One of them, which was taken off the line. */
    static void read(Words words, String name, ServerSettings settings) {
        new ServerWords(words, settings).word(name);
    }

    private void word(String name) {
        Keyword keyword = ServerKeywords.TABLE.get(name);
        if (keyword == null) {
            words.refuse(
                    "unknown word "
                            + Report.quote(name)
                            + " in a server line"
                            + Nearest.hint(name, ServerKeywords.TABLE.names(Section.SERVER)));
            return;
        }
        switch (keyword.support()) {
            case SUPPORTED -> supported(name);
            case IGNORED -> {
                words.warn("'" + name + "' has no effect: " + keyword.note());
                if (ResolveWords.NAMES.contains(name)) {
                    ResolveWords.read(words, name, settings);
                } else {
                    skipArgument(name);
                }
            }
            case REFUSED -> {
                words.refuse("'" + name + "' is not supported: " + keyword.note());
                skipArgument(name);
            }
        }
    }

    private void skipArgument(String name) {
        if (ServerKeywords.WITH_ARGUMENT.contains(name)) {
            words.argument(name, "an argument");
        }
    }

    private void supported(String name) {
        switch (name) {
            case "check" -> settings.check = true;
            case "no-check" -> settings.check = false;
            case "backup" -> settings.backup = true;
            case "no-backup" -> settings.backup = false;
            case "disabled" -> settings.disabled = true;
            case "enabled" -> settings.disabled = false;
            case "stick" -> settings.sticky = true;
            case "non-stick" -> settings.sticky = false;
            case "check-ssl", "no-check-ssl" -> settings.checkTls = name.equals("check-ssl");
            case "inter", "fastinter", "downinter", "slowstart" -> interval(name);
            case "rise", "fall", "id", "weight", "maxconn", "minconn", "maxqueue" -> number(name);
            case "port" -> {
                String port = words.argument(name, "a port");
                Integer value = port == null ? null : Addresses.port(words, "'port'", port);
                settings.checkPort = value == null ? settings.checkPort : value;
            }
            case "addr" -> {
                String given = words.argument(name, "an address");
                String host = given == null ? null : AddressVariables.expand(words, given);
                if (host != null) {
                    Addresses.HostPort both = Addresses.splitOptionalPort(host);
                    settings.checkHost = Addresses.host(words, "'addr'", both.host(), false);
                    Integer port =
                            both.port() == null
                                    ? null
                                    : Addresses.port(words, "'addr' port", both.port());
                    settings.checkPort = port == null ? settings.checkPort : port;
                }
            }
            case "check-sni" -> {
                String sni = words.argument(name, "a host name");
                if (sni != null) {
                    settings.sni = Addresses.name(words, "'check-sni'", sni);
                }
            }
            case "verify" -> {
                String verify = words.choice(name, List.of("none", "required"));
                if (verify != null) {
                    settings.verify = verify.equals("required");
                }
            }
            case "observe" -> {
                String layer = words.choice(name, List.of("none", "layer4", "layer7"));
                if ("layer7".equals(layer)) {
                    words.refuse(
                            "'observe layer7' looks at HTTP responses, which are not read in mode"
                                    + " tcp; write 'observe layer4'");
                }
                settings.observed = "layer4".equals(layer);
            }
            case "error-limit" ->
                    settings.errorLimit = number(name, 1, Integer.MAX_VALUE, settings.errorLimit);
            case "on-error" -> onError(name);
            case "source" -> {
                settings.source = SourceWords.ofServer(words);
                settings.sourceGiven = true;
            }
            case "tcp-ut" -> {
                Duration time = words.time(name, true);
                settings.userTimeout = time == null ? settings.userTimeout : time;
            }
            case "ca-file" -> settings.caFile = words.argument(name, "a PEM file or @system-ca");
            default -> {
                if (ResolveWords.NAMES.contains(name)) {
                    ResolveWords.read(words, name, settings);
                } else if (!ProxyHeaderWords.read(words, name, settings)
                        && !settings.tls.read(words, name)) {
                    ServerHealthWords.read(words, name, settings);
                    // Others turn off what is never on: no-tfo and its like.
                }
            }
        }
    }

    private void onError(String name) {
        List<String> keywords =
                Arrays.stream(Observation.Action.values())
                        .map(Observation.Action::keyword)
                        .toList();
        String word = words.choice(name, keywords);
        if (word != null) {
            settings.onError = Observation.Action.values()[keywords.indexOf(word)];
        }
    }

    private void interval(String name) {
        Duration time = words.time(name, name.equals("slowstart"));
        if (time == null) {
            return;
        }
        switch (name) {
            case "inter" -> settings.inter = time;
            case "fastinter" -> settings.fastInter = time;
            case "slowstart" -> settings.slowStart = time;
            default -> settings.downInter = time;
        }
    }

    private void number(String name) {
        switch (name) {
            case "rise" -> settings.rise = number(name, 1, MOST_CHECKS, settings.rise);
            case "fall" -> settings.fall = number(name, 1, MOST_CHECKS, settings.fall);
            case "id" -> settings.id = number(name, 1, Integer.MAX_VALUE, settings.id);
            case "weight" ->
                    settings.weight = number(name, 0, ServerConfig.MAX_WEIGHT, settings.weight);
            case "minconn" ->
                    settings.minConnections =
                            number(name, 0, Integer.MAX_VALUE, settings.minConnections);
            case "maxqueue" ->
                    settings.maxQueue = number(name, 0, Integer.MAX_VALUE, settings.maxQueue);
            default ->
                    settings.maxConnections =
                            number(name, 0, Integer.MAX_VALUE, settings.maxConnections);
        }
    }

    private int number(String name, int least, int most, int otherwise) {
        Integer value = words.integer(name, least, most);
        return value == null ? otherwise : value;
    }
}
