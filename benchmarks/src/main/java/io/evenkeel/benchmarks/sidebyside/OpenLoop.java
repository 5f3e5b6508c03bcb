package io.evenkeel.benchmarks.sidebyside;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * A client that sends a request whenever one is due, however long the answers to others take, and counts the time of each from when it
 * was due. So a proxy that stalls for a while does not get fewer requests by it, and all that had to wait are counted (no coordinated
 * omission). A request goes out on the connection that has been free the longest; if none is free it waits for the next, and that is
 * part of its time.
 *
 * <p>One thread does all of it: a Netty event loop on epoll, which sleeps until a socket is readable or the next request is due, to the
 * microsecond, and so leaves the processors to what is measured.
 */
public final class OpenLoop {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private OpenLoop() {}

    /**
     * Sends requests at a fixed rate.
     *
     * @param targets where the connections go, in turn
     * @param lead for how long it is done before it counts
     * @param time for how long it counts
     * @return nanoseconds of all answers that count
     * @throws SideBySideException if an answer is wrong, a connection ends, or answers do not come at all
     */
    public static Histogram run(
            List<InetSocketAddress> targets,
            int connections,
            double perSecond,
            Duration lead,
            Duration time) {
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            CompletableFuture<Histogram> result = new CompletableFuture<>();
            Pace pace = new Pace(group.next(), perSecond, lead, time, result);
            group.next().submit(OpenLoop::wakeOnTime).syncUninterruptibly();
            Bootstrap bootstrap =
                    new Bootstrap()
                            .group(group)
                            .channel(EpollSocketChannel.class)
                            .option(ChannelOption.TCP_NODELAY, true)
                            .option(
                                    ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                    (int) CONNECT_LIMIT.toMillis());
            for (int i = 0; i < connections; i++) {
                bootstrap
                        .handler(new PacedConnection(pace))
                        .connect(targets.get(i % targets.size()))
                        .syncUninterruptibly();
            }
            group.next().execute(pace::begin);
            return result.get(lead.plus(time).plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SideBySideException(String.valueOf(e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new SideBySideException(
                    "%d s after the last request was due, not all are answered."
                            .formatted(ANSWER_LIMIT.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SideBySideException("The run was told to end.", e);
        } finally {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** The kernel lets threads sleep 50 µs longer than they ask, unless they ask it not to. */
    private static void wakeOnTime() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
            Files.writeString(Path.of("/proc", thread.toString(), "timerslack_ns"), "1");
        } catch (IOException e) {
            throw new SideBySideException("The timer slack cannot be set: " + e, e);
        }
    }
}
