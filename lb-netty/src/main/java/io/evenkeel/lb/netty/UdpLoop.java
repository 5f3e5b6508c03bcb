package io.evenkeel.lb.netty;

import io.evenkeel.lb.UdpFrontendConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What the UDP sockets of one event loop share: its memory to receive into. Used by the loop's thread alone, but for {@link #bind}. */
final class UdpLoop {
    /** Asked of the kernel, so that a burst can wait while the loop is at other sockets; it grants what {@code rmem_max} allows. */
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final IoEventLoop loop;
    private final NextTurn nextTurn;
    private final Transport transport;
    private final ByteBuf answers;
    private final ByteBuf requests;
    private final ByteBuffer scratch;

    UdpLoop(IoEventLoop loop, Transport transport, ByteBufAllocator allocator) {
        this.loop = loop;
        this.transport = transport;
        nextTurn = new NextTurn(loop);
        answers = allocator.directBuffer(UdpFrontendConfig.LONGEST_DATAGRAM);
        scratch = answers.nioBuffer(0, answers.capacity());
        int batch = transport == Transport.EPOLL ? EpollDatagramListenSocket.BATCH : 1;
        requests = allocator.directBuffer(batch * UdpFrontendConfig.LONGEST_DATAGRAM);
    }

    IoEventLoop loop() {
        return loop;
    }

    NextTurn nextTurn() {
        return nextTurn;
    }

    /** To receive an answer into; it has room for any. */
    ByteBuffer scratch() {
        return scratch.clear();
    }

    /**
     * Binds a socket where clients' datagrams wait until it is registered.
     *
     * @param shared whether others of this process may be bound to the same address, which all but NIO can
     */
    DatagramListenSocket bind(InetSocketAddress address, boolean shared) throws IOException {
        return transport == Transport.EPOLL
                ? EpollDatagramListenSocket.bind(
                        loop, address, shared, RECEIVE_BUFFER_BYTES, requests)
                : NioDatagramListenSocket.bind(
                        loop,
                        address,
                        RECEIVE_BUFFER_BYTES,
                        requests.nioBuffer(0, requests.capacity()));
    }

    /** A socket to a server; on the loop. */
    ServerDatagramSocket connect(InetSocketAddress server, ServerDatagramSocket.Reader reader)
            throws IOException {
        return transport == Transport.EPOLL
                ? EpollServerDatagramSocket.connect(loop, server, reader)
                : NioServerDatagramSocket.connect(loop, server, reader);
    }

    /** When no socket uses it any more. */
    void close() {
        answers.release();
        requests.release();
    }
}
