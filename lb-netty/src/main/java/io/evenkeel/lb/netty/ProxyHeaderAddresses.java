package io.evenkeel.lb.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The addresses that a PROXY header says: from where the client connected, and to where. */
record ProxyHeaderAddresses(InetSocketAddress source, InetSocketAddress destination) {
    /**
     * As they stand in a header of version 2: both addresses, then both ports.
     *
     * @param width 4 or 16 bytes of each address
     */
    static ProxyHeaderAddresses read(byte[] bytes, int start, int width) {
        int ports = start + 2 * width;
        return new ProxyHeaderAddresses(
                new InetSocketAddress(address(bytes, start, width), port(bytes, ports)),
                new InetSocketAddress(
                        address(bytes, start + width, width), port(bytes, ports + 2)));
    }

    private static InetAddress address(byte[] bytes, int start, int width) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, start, start + width));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + width, e);
        }
    }

    private static int port(byte[] bytes, int start) {
        return (bytes[start] & 0xff) << 8 | bytes[start + 1] & 0xff;
    }
}
