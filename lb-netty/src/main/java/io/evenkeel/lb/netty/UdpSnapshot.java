package io.evenkeel.lb.netty;

import java.util.Map;

/**
 * What a {@link TcpProxy} has counted of UDP since it was started. A datagram that was received is either sent on or dropped, so the first
 * two figures of datagrams are together as much as the next two and all of {@code drops}, as soon as nothing moves. What the kernel drops
 * because it is not fetched in time is not seen here.
 *
 * @param activeSessions sessions now
 * @param openedSessions sessions begun
 * @param evictedSessions sessions ended, while idle for the longest time, for another to begin
 * @param expiredSessions sessions ended by their idle timeout
 * @param refusedSessions times that a session was told that its server's port is unreachable
 * @param fromClients datagrams received from clients
 * @param fromServers datagrams received from servers
 * @param toServers datagrams sent to servers
 * @param toClients datagrams sent to clients
 * @param drops datagrams dropped, by cause; every cause has an entry
 */
public record UdpSnapshot(
        long activeSessions,
        long openedSessions,
        long evictedSessions,
        long expiredSessions,
        long refusedSessions,
        long fromClients,
        long fromServers,
        long toServers,
        long toClients,
        Map<DatagramDrop, Long> drops) {}
