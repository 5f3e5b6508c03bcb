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
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** One on Netty's NIO loop. It cannot send empty datagrams. */
final class NioServerDatagramSocket implements ServerDatagramSocket, NioIoHandle {
    private final DatagramChannel channel;
    private final Reader reader;
    private @Nullable IoRegistration registration;

    private NioServerDatagramSocket(DatagramChannel channel, Reader reader) {
        this.channel = channel;
        this.reader = reader;
    }

    /** On the loop. */
    static NioServerDatagramSocket connect(
            IoEventLoop loop, InetSocketAddress remote, Reader reader) throws IOException {
        DatagramChannel channel =
                DatagramChannel.open(
                        remote.getAddress() instanceof Inet6Address
                                ? StandardProtocolFamily.INET6
                                : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.connect(remote);
            NioServerDatagramSocket connected = new NioServerDatagramSocket(channel, reader);
            IoRegistration registered = LoopRegistration.register(loop, connected);
            connected.registration = registered;
            registered.submit(NioIoOps.READ);
            return connected;
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(channel::close, "a UDP socket");
            throw e;
        }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        try {
            if (channel.isOpen()) {
                reader.onReadable();
            }
        } catch (Throwable e) {
            LastResort.log("Receiving datagrams", e);
        }
    }

    @Override
    public boolean send(ByteBuffer datagram) throws IOException {
        if (!datagram.hasRemaining()) {
            throw new IOException("The JDK sends no empty datagram from a connected socket.");
        }
        return channel.write(datagram) > 0;
    }

    @Override
    public boolean receive(ByteBuffer into) throws IOException {
        // Unlike read, this tells an empty datagram from none.
        return channel.receive(into) != null;
    }

    @Override
    public void close() {
        IoRegistration registered = registration;
        if (registered != null) {
            registered.cancel();
        }
        LoopRegistration.closeQuietly(channel::close, "a UDP socket");
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel;
    }
}
