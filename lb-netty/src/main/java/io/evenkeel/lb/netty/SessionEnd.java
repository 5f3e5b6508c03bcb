package io.evenkeel.lb.netty;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What became of one client's connection: the material of a {@code tcplog} line.
 *
 * @param frontend the frontend's name
 * @param backend the backend's name, or null if none was chosen
 * @param server the name of the last server tried, or null if none was picked
 * @param client where the connection came from
 * @param cause why it ended
 * @param bytesToServer bytes read from the client
 * @param bytesToClient bytes read from the server
 * @param queueNanos time spent waiting for a usable server
 * @param connectNanos time from the first connection attempt to the established connection, or -1 if none was
 * @param totalNanos time from accepting the connection to its end
 * @param retries connection attempts after the first
 */
public record SessionEnd(
        String frontend,
        @Nullable String backend,
        @Nullable String server,
        InetSocketAddress client,
        TerminationCause cause,
        long bytesToServer,
        long bytesToClient,
        long queueNanos,
        long connectNanos,
        long totalNanos,
        int retries) {}
