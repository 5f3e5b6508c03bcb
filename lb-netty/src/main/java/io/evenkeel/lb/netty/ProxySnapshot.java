package io.evenkeel.lb.netty;

import java.util.Map;

/**
 * What a {@link TcpProxy} has counted since it was started. The figures are read one after the other while traffic
 * goes on, so they may differ by what happened in between.
 *
 * @param activeSessions client connections that are open now
 * @param acceptedSessions client connections accepted
 * @param acceptErrors times that accepting failed, so that it paused or a connection was lost
 * @param shedConnections client connections that were reset at once because there was no descriptor for them
 * @param retries connection attempts to servers after a first one had failed, of sessions that have ended
 * @param bytesToServers bytes read from clients by sessions that have ended
 * @param bytesToClients bytes read from servers by sessions that have ended
 * @param ends how many sessions ended for which cause; every cause has an entry
 * @param udp what was counted of datagrams
 */
public record ProxySnapshot(
        long activeSessions,
        long acceptedSessions,
        long acceptErrors,
        long shedConnections,
        long retries,
        long bytesToServers,
        long bytesToClients,
        Map<TerminationCause, Long> ends,
        UdpSnapshot udp) {}
