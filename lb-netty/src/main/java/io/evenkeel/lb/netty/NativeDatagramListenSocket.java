package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Linux socket that receives one datagram with each system call, for io_uring; epoll has {@link EpollDatagramListenSocket}. */
final class NativeDatagramListenSocket implements DatagramListenSocket, Readiness.Listener {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeDatagramListenSocket.class);

    /** After this many datagrams the loop's other sockets get their turn. */
    private static final int MAX_IN_A_ROW = 64;

    private static final int IPPROTO_IP = 0;
    private static final int IP_FREEBIND = 15;
    private static final int IP_RECVORIGDSTADDR = 20;

    private final IoEventLoop loop;
    private final Socket socket;
    private final InetSocketAddress local;
    private final Readiness readiness;
    private final ByteBuffer scratch;
    private @Nullable Taker taker;

    /**
     * @param scratch to receive into, on the loop; at least as long as any datagram
     */
    NativeDatagramListenSocket(
            Readiness.Source source, IoEventLoop loop, Socket bound, ByteBuffer scratch) {
        this.loop = loop;
        this.scratch = scratch;
        socket = bound;
        local = bound.localAddress();
        readiness = source.of(loop, bound, this);
    }

    /**
     * Binds. IP_FREEBIND: a Backup is bound before the address is its own. Without SO_REUSEADDR, by which another socket could take the
     * datagrams of this one.
     *
     * @param shared whether other sockets of this process may be bound to the same address (SO_REUSEPORT)
     */
    static LinuxSocket bind(InetSocketAddress address, boolean shared, int receiveBufferBytes)
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
            return socket;
        } catch (IOException | RuntimeException e) {
            LoopRegistration.closeQuietly(socket::close, "a UDP listener");
            throw e;
        }
    }

    @Override
    public void register(Taker datagrams) throws IOException {
        taker = datagrams;
        readiness.start(false);
    }

    @Override
    public void onReadiness(int events) {
        receiveSome();
    }

    private void receiveSome() {
        Taker datagrams = taker;
        if (datagrams == null) {
            return;
        }
        for (int i = 0; i < MAX_IN_A_ROW && socket.isOpen(); i++) {
            if (!receive(datagrams)) {
                return;
            }
        }
        // What is left is not told again.
        loop.execute(this::receiveSome);
    }

    private boolean receive(Taker datagrams) {
        scratch.clear();
        DatagramSocketAddress client;
        try {
            client = socket.recvFrom(scratch, 0, scratch.limit());
        } catch (IOException e) {
            // Nothing is connected here, so it is no client's or server's fault; the next datagram
            // may do.
            LOGGER.debug("Receiving on {} reported an error.", local, e);
            return true;
        }
        if (client == null) {
            return false;
        }
        scratch.limit(client.receivedAmount());
        datagrams.received(scratch, client, local.getAddress());
        return true;
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress client) throws IOException {
        return send(socket, datagram, client);
    }

    static boolean send(Socket socket, ByteBuffer datagram, InetSocketAddress client)
            throws IOException {
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
        if (socket.isOpen()) {
            readiness.closeSocket("a UDP listener");
        }
    }
}
