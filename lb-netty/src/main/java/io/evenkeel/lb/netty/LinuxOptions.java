package io.evenkeel.lb.netty;

import io.evenkeel.lb.KeepAlive;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.SocketBuffers;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What Linux lets one set of a TCP socket, by the numbers of its headers. */
final class LinuxOptions {
    /** So long a silent connection is not accepted, roughly; HAProxy's value. */
    private static final int DEFER_SECONDS = 1;

    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;
    private static final int IPPROTO_IP = 0;
    private static final int IP_FREEBIND = 15;
    private static final int IP_TRANSPARENT = 19;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_TRANSPARENT = 75;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_MAXSEG = 2;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_KEEPCNT = 6;
    private static final int TCP_DEFER_ACCEPT = 9;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final int TCP_FASTOPEN = 23;
    private static final int TCP_NOTSENT_LOWAT = 25;

    private LinuxOptions() {}

    /** Of a socket that will listen; those of its connections are the same. To be called before the bind. */
    static void listener(Socket socket, ListenConfig config, boolean ipv6) throws IOException {
        if (ipv6 && config.ipv6Only()) {
            socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
        }
        // The kernel reads the IPv4 option for IPv6 sockets too.
        socket.setIntOpt(IPPROTO_IP, IP_FREEBIND, 1);
        if (config.transparent()) {
            transparent(socket, ipv6);
        }
        device(socket, config.device());
        if (config.maxSegmentBytes() > 0) {
            socket.setIntOpt(IPPROTO_TCP, TCP_MAXSEG, config.maxSegmentBytes());
        }
        if (config.deferAccept()) {
            socket.setIntOpt(IPPROTO_TCP, TCP_DEFER_ACCEPT, DEFER_SECONDS);
        }
        if (config.fastOpen()) {
            socket.setIntOpt(IPPROTO_TCP, TCP_FASTOPEN, config.backlog());
        }
        life(socket, config.keepAlive(), config.userTimeoutNanos());
        buffers(socket, config.buffers());
    }

    /** To be called before the connection is there: the window that it begins with follows from them. */
    static void buffers(Socket socket, SocketBuffers config) throws IOException {
        if (config.receiveBytes() > 0) {
            socket.setReceiveBufferSize(config.receiveBytes());
        }
        if (config.sendBytes() > 0) {
            socket.setSendBufferSize(config.sendBytes());
        }
        unlessZero(socket, TCP_NOTSENT_LOWAT, config.unsentBytes());
    }

    /** How the end of a silent peer is found out. */
    static void life(Socket socket, @Nullable KeepAlive keepAlive, long userTimeoutNanos)
            throws IOException {
        if (userTimeoutNanos > 0) {
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(userTimeoutNanos));
            socket.setIntOpt(
                    IPPROTO_TCP, TCP_USER_TIMEOUT, (int) Math.min(Integer.MAX_VALUE, millis));
        }
        if (keepAlive == null) {
            return;
        }
        socket.setKeepAlive(true);
        unlessZero(socket, TCP_KEEPIDLE, keepAlive.idleSeconds());
        unlessZero(socket, TCP_KEEPINTVL, keepAlive.intervalSeconds());
        unlessZero(socket, TCP_KEEPCNT, keepAlive.probes());
    }

    private static void unlessZero(Socket socket, int option, int value) throws IOException {
        if (value > 0) {
            socket.setIntOpt(IPPROTO_TCP, option, value);
        }
    }

    /** Of no interface in particular if there is no name. */
    static void device(Socket socket, @Nullable String name) throws IOException {
        if (name == null) {
            return;
        }
        try {
            socket.setRawOpt(
                    SOL_SOCKET,
                    SO_BINDTODEVICE,
                    ByteBuffer.wrap((name + '\0').getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException | ChannelException e) {
            throw new IOException(
                    NetworkInterface.getByName(name) == null
                            ? "there is no interface " + name
                            : "binding to the interface "
                                    + name
                                    + " is refused, for which the capability CAP_NET_RAW may be"
                                    + " missing: "
                                    + e.getMessage(),
                    e);
        }
    }

    /** Foreign addresses may be bound, and connections to them are taken. */
    static void transparent(Socket socket, boolean ipv6) throws IOException {
        try {
            if (ipv6) {
                socket.setIntOpt(IPPROTO_IPV6, IPV6_TRANSPARENT, 1);
            } else {
                socket.setIntOpt(IPPROTO_IP, IP_TRANSPARENT, 1);
            }
        } catch (IOException | ChannelException e) {
            throw new IOException(
                    "using addresses that are not this host's (IP_TRANSPARENT) is refused, for which"
                            + " the capability CAP_NET_ADMIN or CAP_NET_RAW is missing: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The port is chosen when it is known where the connection goes, so that each server has all of them. */
    static void choosePortLater(Socket socket) throws IOException {
        socket.setIntOpt(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    }
}
