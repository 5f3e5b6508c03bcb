package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.KeepAlive;
import io.evenkeel.lb.SourceConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a section says of its sockets, and reads it. */
final class SocketSettings {
    private static final int MOST_PROBES = 127;
    private static final int LONGEST_SECONDS = 32_767;

    /** 0: not given. */
    int backlog;

    @Nullable SourceConfig source;
    private final Life client;
    private final Life server;

    /** How the end of a silent peer is found out. */
    private static final class Life {
        boolean on;
        int idleSeconds;
        int intervalSeconds;
        int probes;

        Life copy() {
            Life copy = new Life();
            copy.on = on;
            copy.idleSeconds = idleSeconds;
            copy.intervalSeconds = intervalSeconds;
            copy.probes = probes;
            return copy;
        }

        @Nullable KeepAlive keepAlive() {
            return on ? new KeepAlive(idleSeconds, intervalSeconds, probes) : null;
        }
    }

    SocketSettings() {
        this(new Life(), new Life());
    }

    private SocketSettings(Life client, Life server) {
        this.client = client;
        this.server = server;
    }

    SocketSettings copy() {
        SocketSettings copy = new SocketSettings(client.copy(), server.copy());
        copy.backlog = backlog;
        copy.source = source;
        return copy;
    }

    /** Of clients; null: never. */
    @Nullable KeepAlive clientKeepAlive() {
        return client.keepAlive();
    }

    /** Of servers; null: never. */
    @Nullable KeepAlive serverKeepAlive() {
        return server.keepAlive();
    }

    /** Whether the keyword was one of these. */
    boolean read(Words words, String name) {
        switch (name) {
            case "backlog" -> {
                Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                backlog = most == null ? backlog : most;
            }
            case "source" -> source = SourceWords.ofSection(words);
            case "clitcpka-cnt" -> client.probes = probes(words, name);
            case "clitcpka-idle" -> client.idleSeconds = seconds(words, name);
            case "clitcpka-intvl" -> client.intervalSeconds = seconds(words, name);
            case "srvtcpka-cnt" -> server.probes = probes(words, name);
            case "srvtcpka-idle" -> server.idleSeconds = seconds(words, name);
            case "srvtcpka-intvl" -> server.intervalSeconds = seconds(words, name);
            default -> {
                if (!set(name, true)) {
                    return false;
                }
            }
        }
        words.end(name);
        return true;
    }

    /** Whether it is an option that is on or off, as it is from now on. */
    boolean set(String option, boolean on) {
        switch (option) {
            case "option clitcpka" -> client.on = on;
            case "option srvtcpka" -> server.on = on;
            case "option tcpka" -> {
                client.on = on;
                server.on = on;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int probes(Words words, String name) {
        Integer probes = words.integer(name, 0, MOST_PROBES);
        return probes == null ? 0 : probes;
    }

    /** A time whose unit, unlike that of all others, is the second. */
    private static int seconds(Words words, String name) {
        String word = words.argument(name, "a time such as 60s");
        if (word == null) {
            return 0;
        }
        boolean bare = word.chars().allMatch(c -> c >= '0' && c <= '9');
        Duration time = Times.parse(words, "'" + name + "'", bare ? word + "s" : word, true);
        if (time == null) {
            return 0;
        }
        long seconds = time.plusNanos(999_999_999).toSeconds();
        if (seconds > LONGEST_SECONDS) {
            words.refuse("'" + name + "' is longer than the system takes; write at most 32767s");
            return 0;
        }
        return (int) seconds;
    }
}
