package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.ProxyConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code haproxy.cfg} says.
 *
 * @param proxy the frontends and backends, in the order of the file
 * @param threads {@code nbthread}, or 0 when the file leaves it to the program
 * @param hardStopAfter how long connections may go on after a stop, above 0, or null when the file
 *     leaves it to the program
 * @param closeSpread how long before the end of that time the connections that are left begin to be
 *     closed, or null when the file leaves it to the program
 * @param bindLines the line on which each address is bound, for messages about a port in use
 * @param serverLines the line of each server, by {@code backend/server}, for messages about its files
 * @param warnings what is accepted but has no or another effect here, by line
 */
public record HaproxyConfig(
        ProxyConfig proxy,
        int threads,
        @Nullable Duration hardStopAfter,
        @Nullable Duration closeSpread,
        Map<BindAddress, Integer> bindLines,
        Map<String, Integer> serverLines,
        List<ConfigProblem> warnings) {
    /** Copies the collections. */
    public HaproxyConfig {
        bindLines = Collections.unmodifiableMap(new LinkedHashMap<>(bindLines));
        serverLines = Collections.unmodifiableMap(new LinkedHashMap<>(serverLines));
        warnings = List.copyOf(warnings);
    }

    /** The same with another proxy, for what a file cannot say. */
    public HaproxyConfig withProxy(ProxyConfig value) {
        return new HaproxyConfig(
                value, threads, hardStopAfter, closeSpread, bindLines, serverLines, warnings);
    }
}
