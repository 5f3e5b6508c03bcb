package io.evenkeel.examples;

import io.evenkeel.lb.RedisConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a store of stick tables is, as people write it. */
final class StickStoreAddress {
    private StickStoreAddress() {}

    /**
     * {@code redis[s]://[[USER:]PASSWORD@]HOST[:PORT][/PREFIX]}.
     *
     * @throws IllegalArgumentException saying what is wrong, without the password
     */
    static RedisConfig parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "it is no URL (" + e.getReason() + "); write redis://HOST:PORT/PREFIX");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("redis") || scheme.equals("rediss");
        if (!known || uri.getHost() == null || uri.getQuery() != null) {
            throw new IllegalArgumentException(
                    "write redis://HOST:PORT/PREFIX, or rediss:// for TLS");
        }
        int port = uri.getPort() < 0 ? RedisConfig.DEFAULT_PORT : uri.getPort();
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        RedisConfig.Builder redis = RedisConfig.builder(host, port).tls(scheme.equals("rediss"));
        String login = uri.getUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            redis.password(login.substring(colon + 1));
            if (colon > 0) {
                redis.user(login.substring(0, colon));
            }
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/", "");
        if (path.matches("[0-9]+")) {
            throw new IllegalArgumentException(
                    "the database of number "
                            + path
                            + " cannot be used: all is in database 0, where a prefix that is no number tells it"
                            + " from the rest");
        }
        if (!path.isEmpty()) {
            redis.prefix(path);
        }
        return redis.build();
    }
}
