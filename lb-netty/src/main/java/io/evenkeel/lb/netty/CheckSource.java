package io.evenkeel.lb.netty;

import io.evenkeel.lb.SourceConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Has checks come from where connections to their server do, so that a firewall that knows these lets them pass too: from the first
 * address of the right IP version, and any port. In the place of a client's address it is the configured one, as with HAProxy.
 */
final class CheckSource {
    /** With the NUL behind it, as Linux has the names of interfaces. */
    private static final int DEVICE_BYTES = 16;

    private static final RawUnixChannelOption SO_BINDTODEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", 1, 25, DEVICE_BYTES);
    private static final IntegerUnixChannelOption IP_TRANSPARENT =
            new IntegerUnixChannelOption("IP_TRANSPARENT", 0, 19);
    private static final IntegerUnixChannelOption IP_BIND_ADDRESS_NO_PORT =
            new IntegerUnixChannelOption("IP_BIND_ADDRESS_NO_PORT", 0, 24);
    private static final IntegerUnixChannelOption IPV6_TRANSPARENT =
            new IntegerUnixChannelOption("IPV6_TRANSPARENT", 41, 75);

    private CheckSource() {}

    /** Nothing happens where the system is to choose. */
    static void apply(
            Bootstrap check,
            @Nullable SourceConfig source,
            InetSocketAddress target,
            Transport transport) {
        if (source == null) {
            return;
        }
        boolean ipv6 = target.getAddress() instanceof Inet6Address;
        boolean linux = transport != Transport.NIO;
        String device = source.device();
        if (linux && device != null) {
            byte[] name = device.getBytes(StandardCharsets.US_ASCII);
            check.option(
                    SO_BINDTODEVICE, ByteBuffer.allocateDirect(DEVICE_BYTES).put(name).position(0));
        }
        InetAddress local = address(source, ipv6);
        if (local == null || local.isAnyLocalAddress()) {
            return;
        }
        if (linux) {
            check.option(IP_BIND_ADDRESS_NO_PORT, 1);
        }
        if (source.appearance() == SourceConfig.Appearance.FOREIGN) {
            check.option(ipv6 ? IPV6_TRANSPARENT : IP_TRANSPARENT, 1);
        }
        check.localAddress(new InetSocketAddress(local, 0));
    }

    private static @Nullable InetAddress address(SourceConfig source, boolean ipv6) {
        for (String host : source.hosts()) {
            if (host.indexOf(':') >= 0 == ipv6) {
                try {
                    return InetAddress.getByName(host);
                } catch (UnknownHostException e) {
                    throw new IllegalStateException("A literal address is none: " + host, e);
                }
            }
        }
        return null;
    }
}
