package io.evenkeel.examples;

import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.netty.Transport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of nearly every start, {@code run} and options of it that are right, without the library that reads all others: that
 * one takes longer than reading the configuration. What is not understood here goes to it, and so do all mistakes, of which it speaks.
 */
final class PlainRun {
    private static final String KEEPALIVED = "--keepalived";
    private static final String HAPROXY = "--haproxy";
    private static final String CONFIG_ID = "--config-id";
    private static final String STICK_STORE = "--stick-store";
    private static final String DRAIN = "--drain";
    private static final String TRANSPORT = "--transport";

    static final Set<String> OPTIONS =
            Set.of(KEEPALIVED, HAPROXY, CONFIG_ID, STICK_STORE, DRAIN, TRANSPORT);

    /** What begins an option, a file of further words, or a quotation. */
    private static final String NOT_PLAIN = "-@\"'";

    private PlainRun() {}

    /** @return null if the line is another one, or wrong in any way */
    static @Nullable NodeProcess of(String[] args) {
        Map<String, String> options = options(args);
        if (options == null || options.get(KEEPALIVED) == null && options.get(HAPROXY) == null) {
            return null;
        }
        try {
            Path keepalived = path(options.get(KEEPALIVED));
            Path haproxy = path(options.get(HAPROXY));
            String id = options.get(CONFIG_ID);
            RedisConfig store = ConfigOptions.store(options.get(STICK_STORE));
            String drain = options.get(DRAIN);
            String transport = options.get(TRANSPORT);
            return new NodeProcess(
                    () ->
                            ConfigFiles.read(
                                    keepalived,
                                    haproxy,
                                    id == null ? ConfigOptions.hostName() : id,
                                    store),
                    drain == null ? null : Integer.valueOf(drain),
                    transport == null
                            ? null
                            : Transport.valueOf(transport.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Each option with its value.
     *
     * @return null unless the line is {@code run} and options, each given once and with a value that nobody can take for something else
     */
    static @Nullable Map<String, String> options(String[] args) {
        if (args.length == 0 || !args[0].equals("run")) {
            return null;
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            String name = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (equals < 0 && ++i == args.length) {
                return null;
            }
            String value = equals < 0 ? args[i] : args[i].substring(equals + 1);
            boolean plain = !value.isEmpty() && NOT_PLAIN.indexOf(value.charAt(0)) < 0;
            if (!plain || !OPTIONS.contains(name) || options.put(name, value) != null) {
                return null;
            }
        }
        return options;
    }

    private static @Nullable Path path(@Nullable String name) {
        return name == null ? null : Path.of(name);
    }
}
