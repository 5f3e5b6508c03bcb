package io.evenkeel.benchmarks.datagrams;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * CPU that an event loop's thread spends on an answer to each of 64 clients on loopback: by a call each out of one buffer, as the proxy
 * sends them, or copied and sent together ({@code sendmmsg}) by Netty's channel. Arguments: bytes of an answer, answers of a batch.
 */
public final class AnswerBatches {
    private static final int CLIENTS = 64;
    private static final int ROUNDS = 30;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUND = 200;
    private static final int SMALL_BUFFER_BYTES = 4096;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final EpollDatagramChannel channel;
    private final List<InetSocketAddress> clients;
    private final ByteBuffer answer;
    private final int batch;

    private AnswerBatches(
            EpollDatagramChannel channel, List<InetSocketAddress> clients, int bytes, int batch) {
        this.channel = channel;
        this.clients = clients;
        this.batch = batch;
        answer = ByteBuffer.allocateDirect(bytes);
    }

    public static void main(String[] arguments) throws Exception {
        int bytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        List<DatagramSocket> sockets = new ArrayList<>();
        List<InetSocketAddress> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                // Nobody reads: what is beyond it the kernel drops.
                socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
                sockets.add(socket);
                clients.add((InetSocketAddress) socket.getLocalSocketAddress());
            }
            EpollDatagramChannel channel =
                    (EpollDatagramChannel)
                            new Bootstrap()
                                    .group(loops)
                                    .channel(EpollDatagramChannel.class)
                                    .handler(new ChannelInboundHandlerAdapter())
                                    .bind("127.0.0.1", 0)
                                    .sync()
                                    .channel();
            AnswerBatches measured = new AnswerBatches(channel, clients, bytes, batch);
            System.out.println(channel.eventLoop().submit(measured::measure).get());
        } finally {
            sockets.forEach(DatagramSocket::close);
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    private String measure() throws IOException {
        double[] each = new double[ROUNDS];
        double[] together = new double[ROUNDS];
        // In turn, so that what else the machine does meets both.
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < ROUND; i++) {
                sendEach();
            }
            long middle = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < ROUND; i++) {
                sendTogether();
            }
            long end = threads.getCurrentThreadCpuTime();
            each[round] = (double) (middle - start) / (ROUND * CLIENTS);
            together[round] = (double) (end - middle) / (ROUND * CLIENTS);
        }
        return String.format(
                Locale.ROOT,
                "%d bytes, a call each: %s%n%d bytes, %d with sendmmsg: %s",
                answer.capacity(),
                describe(each),
                answer.capacity(),
                batch,
                describe(together));
    }

    private void sendEach() throws IOException {
        Socket socket = (Socket) channel.fd();
        for (InetSocketAddress client : clients) {
            socket.sendTo(answer, 0, answer.capacity(), client.getAddress(), client.getPort());
        }
    }

    private void sendTogether() {
        int waiting = 0;
        for (InetSocketAddress client : clients) {
            ByteBuf copy = PooledByteBufAllocator.DEFAULT.directBuffer(answer.capacity());
            copy.writeBytes(answer.duplicate());
            channel.write(new DatagramPacket(copy, client), channel.voidPromise());
            if (++waiting == batch) {
                channel.flush();
                waiting = 0;
            }
        }
        channel.flush();
    }

    private static String describe(double[] nanos) {
        double[] warm = Arrays.copyOfRange(nanos, WARM_UP_ROUNDS, ROUNDS);
        Arrays.sort(warm);
        return String.format(
                Locale.ROOT, "least %.0f, median %.0f ns", warm[0], warm[warm.length / 2]);
    }
}
