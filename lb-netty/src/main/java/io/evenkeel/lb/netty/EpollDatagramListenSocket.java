package io.evenkeel.lb.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One on Netty's epoll loop, of which a Netty channel receives as many datagrams with a system call as there are, up to
 * {@link #BATCH}. Answers are sent by the descriptor itself: nothing has to wait or be copied for that, and Netty's channel sends no
 * empty datagrams.
 */
final class EpollDatagramListenSocket implements DatagramListenSocket {
    private static final Logger LOGGER = LoggerFactory.getLogger(EpollDatagramListenSocket.class);

    /** Datagrams received at once. */
    static final int BATCH = 16;

    /** After this many the loop's other sockets get their turn. */
    private static final int MAX_IN_A_ROW = 64;

    private static final int IPPROTO_IP = 0;
    private static final int IP_FREEBIND = 15;
    private static final int IP_RECVORIGDSTADDR = 20;

    private final IoEventLoop loop;
    private final InetSocketAddress local;
    private final ByteBuf batch;
    private Socket socket;
    private @Nullable EpollDatagramChannel channel;

    private EpollDatagramListenSocket(IoEventLoop loop, Socket bound, ByteBuf batch) {
        this.loop = loop;
        this.batch = batch;
        socket = bound;
        local = bound.localAddress();
    }

    /**
     * Binds. IP_FREEBIND: a Backup is bound before the address is its own. Without SO_REUSEADDR, by which another socket could take the
     * datagrams of this one.
     *
     * @param batch to receive into, on the loop: {@link #BATCH} times the longest datagram
     * @param shared whether other sockets of this process may be bound to the same address (SO_REUSEPORT)
     */
    static EpollDatagramListenSocket bind(
            IoEventLoop loop,
            InetSocketAddress address,
            boolean shared,
            int receiveBufferBytes,
            ByteBuf batch)
            throws IOException {
        LinuxSocket socket =
                LinuxSocket.newSocketDgram(address.getAddress() instanceof Inet6Address);
        try {
            socket.setReusePort(shared);
            socket.setReceiveBufferSize(receiveBufferBytes);
            // The kernel reads the IPv4 option for IPv6 sockets too.
            socket.setIntOpt(IPPROTO_IP, IP_FREEBIND, 1);
            if (address.getAddress().isAnyLocalAddress()) {
                socket.setIntOpt(IPPROTO_IP, IP_RECVORIGDSTADDR, 1);
            }
            socket.bind(address);
            return new EpollDatagramListenSocket(loop, socket, batch);
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(socket::close, "a UDP listener");
            throw e;
        }
    }

    @Override
    public void register(Taker taker) throws IOException {
        EpollDatagramChannel wrapped = new EpollDatagramChannel(socket.intValue());
        channel = wrapped;
        // From now on the channel's, which knows when the descriptor is closed.
        socket = (Socket) wrapped.fd();
        wrapped.config()
                .setMaxDatagramPayloadSize(batch.capacity() / BATCH)
                .setRecvByteBufAllocator(new SameBuffer(batch));
        wrapped.pipeline().addLast(new Receiver(taker, local));
        EventLoopGroup group = loop;
        if (!group.register(wrapped).isSuccess()) {
            throw new IOException("A UDP socket could not be registered with its event loop.");
        }
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress client) throws IOException {
        int sent =
                socket.sendTo(
                        datagram,
                        datagram.position(),
                        datagram.limit(),
                        client.getAddress(),
                        client.getPort());
        // Nothing sent is also what an empty datagram looks like.
        return sent > 0 || !datagram.hasRemaining();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void close() {
        EpollDatagramChannel registered = channel;
        if (registered == null) {
            LoopRegistration.closeQuietly(socket::close, "a UDP listener");
        } else {
            registered.close();
        }
    }

    /** Datagrams are done with when they have been taken, so the next ones can come into the same memory. */
    private static final class SameBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
        private final ByteBuf buffer;

        SameBuffer(ByteBuf buffer) {
            super(MAX_IN_A_ROW);
            this.buffer = buffer;
        }

        @Override
        public ExtendedHandle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public ByteBuf allocate(ByteBufAllocator allocator) {
                    return buffer.clear().retain();
                }

                @Override
                public int guess() {
                    return buffer.capacity();
                }
            };
        }
    }

    private static final class Receiver extends ChannelInboundHandlerAdapter {
        private final Taker taker;
        private final InetSocketAddress bound;

        Receiver(Taker taker, InetSocketAddress bound) {
            this.taker = taker;
            this.bound = bound;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            try {
                InetSocketAddress recipient = packet.recipient();
                InetAddress local = (recipient == null ? bound : recipient).getAddress();
                taker.received(packet.content().nioBuffer(), packet.sender(), local);
            } finally {
                packet.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Nothing is connected here, so it is no client's or server's fault; the next datagram
            // may do.
            LOGGER.debug("Receiving on {} reported an error.", bound, cause);
        }
    }
}
