package io.evenkeel.lb.haproxy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a proxy may inherit from a {@code defaults} section. */
final class ProxySettings {
    @Nullable Duration clientTimeout;
    @Nullable Duration connectTimeout;
    @Nullable Duration serverTimeout;
    @Nullable Duration queueTimeout;
    @Nullable Duration checkTimeout;
    @Nullable Duration clientFinTimeout;
    @Nullable Duration serverFinTimeout;
    @Nullable Duration tunnelTimeout;
    int retries = 3;
    int redispatchInterval;
    boolean allBackups;

    /** 0: not given. */
    int maxConnections;

    /** {@code rate-limit sessions}; 0: no limit. */
    int maxSessionRate;

    /** 0: not given. */
    int fullConnections;

    BalanceWords balance = new BalanceWords();
    boolean disabled;
    boolean http;

    /** The lines of what changes requests, see {@link HttpMode#RULES}; of the defaults as well. */
    final Map<String, Integer> httpRules = new TreeMap<>();

    @Nullable String defaultBackend;
    int defaultBackendLine;
    SocketSettings sockets = new SocketSettings();
    ServerSettings server = new ServerSettings();
    CheckRules checks = new CheckRules();

    /** On which line of this section a setting was given. */
    final Map<String, Integer> lines = new HashMap<>();

    ProxySettings copyForHeir() {
        ProxySettings copy = new ProxySettings();
        copy.clientTimeout = clientTimeout;
        copy.connectTimeout = connectTimeout;
        copy.serverTimeout = serverTimeout;
        copy.queueTimeout = queueTimeout;
        copy.checkTimeout = checkTimeout;
        copy.clientFinTimeout = clientFinTimeout;
        copy.serverFinTimeout = serverFinTimeout;
        copy.tunnelTimeout = tunnelTimeout;
        copy.retries = retries;
        copy.redispatchInterval = redispatchInterval;
        copy.allBackups = allBackups;
        copy.maxConnections = maxConnections;
        copy.maxSessionRate = maxSessionRate;
        copy.fullConnections = fullConnections;
        copy.balance = balance.copy();
        copy.disabled = disabled;
        copy.http = http;
        copy.httpRules.putAll(httpRules);
        copy.defaultBackend = defaultBackend;
        copy.defaultBackendLine = defaultBackendLine;
        copy.sockets = sockets.copy();
        copy.server = server.copy();
        copy.checks = checks.copyForHeir();
        return copy;
    }
}
