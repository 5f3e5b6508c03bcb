package io.evenkeel.lb.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One on Netty's NIO loop. It cannot be told to which address of the host a datagram was sent, so it is bound to one. */
final class NioDatagramListenSocket implements DatagramListenSocket, NioIoHandle {
    private static final Logger LOGGER = LoggerFactory.getLogger(NioDatagramListenSocket.class);

    /** After this many datagrams the loop's other sockets get their turn. */
    private static final int MAX_IN_A_ROW = 64;

    private final IoEventLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final ByteBuffer scratch;
    private @Nullable IoRegistration registration;
    private @Nullable Taker taker;

    private NioDatagramListenSocket(IoEventLoop loop, DatagramChannel channel, ByteBuffer scratch)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.scratch = scratch;
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    /**
     * @param scratch to receive into, on the loop; at least as long as any datagram
     */
    static NioDatagramListenSocket bind(
            IoEventLoop loop, InetSocketAddress address, int receiveBufferBytes, ByteBuffer scratch)
            throws IOException {
        DatagramChannel channel =
                DatagramChannel.open(
                        address.getAddress() instanceof Inet6Address
                                ? StandardProtocolFamily.INET6
                                : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            channel.bind(address);
            return new NioDatagramListenSocket(loop, channel, scratch);
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(channel::close, "a UDP listener");
            throw e;
        }
    }

    @Override
    public void register(Taker datagrams) throws IOException {
        taker = datagrams;
        IoRegistration registered = LoopRegistration.register(loop, this);
        registration = registered;
        registered.submit(NioIoOps.READ);
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        Taker datagrams = taker;
        if (datagrams == null) {
            return;
        }
        try {
            for (int i = 0; i < MAX_IN_A_ROW && channel.isOpen(); i++) {
                scratch.clear();
                InetSocketAddress client = (InetSocketAddress) channel.receive(scratch);
                if (client == null) {
                    return;
                }
                datagrams.received(scratch.flip(), client, local.getAddress());
            }
        } catch (IOException e) {
            // Nothing is connected here, so it is no client's or server's fault; the next datagram
            // may do.
            LOGGER.debug("Receiving on {} reported an error.", local, e);
        } catch (Throwable e) {
            LastResort.log("Receiving datagrams", e);
        }
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress client) throws IOException {
        boolean empty = !datagram.hasRemaining();
        return channel.send(datagram, client) > 0 || empty;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void close() {
        IoRegistration registered = registration;
        if (registered != null) {
            registered.cancel();
        }
        LoopRegistration.closeQuietly(channel::close, "a UDP listener");
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel;
    }
}
