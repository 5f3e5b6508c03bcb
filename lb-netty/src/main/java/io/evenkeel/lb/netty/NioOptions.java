package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.KeepAlive;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.SocketBuffers;
import io.evenkeel.lb.SourceConfig;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** What the JDK lets one set of a TCP socket, and what it does not. */
final class NioOptions {
    private static final String WHY = ", which needs Netty's epoll library on Linux";

    private NioOptions() {}

    /** What cannot be done as configured; null if all can. What only saves time or packets is left out in silence. */
    static @Nullable String missing(ListenConfig config) {
        if (config.transparent()) {
            return "it is to take connections to foreign addresses" + WHY;
        }
        if (config.device() != null) {
            return "it is to take the connections of interface " + config.device() + " only" + WHY;
        }
        if (config.ipv6Only()) {
            return "it is to take no IPv4 connections" + WHY;
        }
        return config.userTimeoutNanos() > 0 ? "it has a user timeout" + WHY : null;
    }

    /** Likewise. */
    static @Nullable String missing(ConnectConfig config) {
        SourceConfig source = config.source();
        if (source != null && source.isTransparent()) {
            return "connections are to come from foreign addresses" + WHY;
        }
        if (source != null && source.device() != null) {
            return "connections are to leave by interface " + source.device() + WHY;
        }
        return config.userTimeoutNanos() > 0 ? "it has a user timeout" + WHY : null;
    }

    /** Whether the system asks a silent peer whether it is still there. */
    static void keepAlive(SocketChannel channel, @Nullable KeepAlive config) throws IOException {
        if (config == null) {
            return;
        }
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : channel.supportedOptions()) {
            int value =
                    switch (option.name()) {
                        case "TCP_KEEPIDLE" -> config.idleSeconds();
                        case "TCP_KEEPINTERVAL" -> config.intervalSeconds();
                        case "TCP_KEEPCOUNT" -> config.probes();
                        default -> 0;
                    };
            if (value > 0) {
                set(channel, option, value);
            }
        }
    }

    /** Both for a socket that is yet to connect; what is sent for one that was accepted, which has the other from its listener. */
    static void buffers(SocketChannel channel, SocketBuffers config) throws IOException {
        if (config.receiveBytes() > 0 && !channel.isConnected()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, config.receiveBytes());
        }
        if (config.sendBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, config.sendBytes());
        }
    }

    private static <T> void set(SocketChannel channel, SocketOption<T> option, Integer value)
            throws IOException {
        channel.setOption(option, option.type().cast(value));
    }
}
