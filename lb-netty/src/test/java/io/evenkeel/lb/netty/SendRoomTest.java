package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the kernel to what it says of itself. */
class SendRoomTest {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NOTSENT_LOWAT = 25;
    private static final int UNSENT = 128 * 1024;
    private static final int MOST = 1 << 20;

    /** Takes what comes, with pauses; {@code most} is how much it takes before it stops for good. */
    private static TcpServer reader(long seed, long most) throws IOException {
        return TcpServer.start(
                connection -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    byte[] into = new byte[2 * UNSENT];
                    for (long taken = 0; taken < most; ) {
                        int n = connection.getInputStream().read(into);
                        if (n < 0) {
                            return;
                        }
                        taken += n;
                        if (random.nextInt(8) == 0) {
                            LockSupport.parkNanos(random.nextInt(3_000_000));
                        }
                    }
                    while (!connection.isClosed()) {
                        LockSupport.parkNanos(5_000_000);
                    }
                });
    }

    private static Socket connect(TcpServer server) throws IOException {
        assertTrue(Epoll.isAvailable());
        Socket socket = Socket.newSocketStream();
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        while (!socket.finishConnect()) {
            Thread.onSpinWait();
        }
        return socket;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, UNSENT})
    void whatThereIsRoomForIsTakenAtOnce(int unsent) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocateDirect(MOST);
        try (TcpServer server = reader(1, Long.MAX_VALUE)) {
            Socket socket = connect(server);
            socket.setIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent);
            int large = 0;
            long deadline = System.nanoTime() + 10_000_000_000L;
            try (SendRoom room = new SendRoom(socket)) {
                while (large < 300) {
                    int length = Math.min(MOST, room.bytes());
                    if (length > 0) {
                        assertEquals(length, socket.send(bytes, 0, length));
                    } else {
                        LockSupport.parkNanos(100_000);
                    }
                    large += length > 2 * UNSENT ? 1 : 0;
                    assertTrue(System.nanoTime() < deadline, large + " large writes");
                }
            } finally {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50_000_000})
    void aPeerThatStopsHasNoMoreWaitUnsentThanMay(long stopped) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocateDirect(MOST);
        try (TcpServer server = reader(1, stopped)) {
            Socket socket = connect(server);
            socket.setIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT);
            AtomicInteger most = new AtomicInteger();
            try (SendRoom room = new SendRoom(socket)) {
                long stillSince = System.nanoTime();
                while (System.nanoTime() - stillSince < 300_000_000) {
                    int length = Math.min(MOST, room.bytes());
                    if (length > 0) {
                        assertEquals(length, socket.send(bytes, 0, length));
                        most.accumulateAndGet(length, Math::max);
                        stillSince = System.nanoTime();
                    }
                }
                int waiting = unsent(socket);
                assertTrue(waiting <= UNSENT, waiting + " B wait, of writes up to " + most + " B");
                assertTrue(waiting > 0, "nothing waits");
            } finally {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, UNSENT})
    void theBoundOfWhatIsUnsentIsBackAfterwards(int unsent) throws Exception {
        try (TcpServer server = reader(1, 0)) {
            Socket socket = connect(server);
            socket.setIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent);
            new SendRoom(socket).close();
            assertEquals(unsent, socket.getIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT));
            socket.close();
        }
    }

    private static int unsent(Socket socket) throws Exception {
        ByteBuffer info = ByteBuffer.allocate(148).order(ByteOrder.nativeOrder());
        socket.getRawOpt(IPPROTO_TCP, 11, info);
        return info.getInt(144);
    }
}
