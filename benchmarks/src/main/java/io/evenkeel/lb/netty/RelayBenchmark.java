package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A client, a proxy with one event loop and a server that sends back what it gets, all in this JVM and over loopback. What the client and
 * the server take by themselves is {@link Way#DIRECT}; the rest is the proxy's, and all threads count for what is allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RelayBenchmark {
    private static final int MESSAGE = 64;

    /** How the client's bytes come to the server. */
    @Param public Way way = Way.DIRECT;

    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    private @Nullable TcpProxy proxy;
    private EchoServer server = new EchoServer();
    private InetSocketAddress address = new InetSocketAddress(0);
    private @Nullable SocketChannel kept;

    /** The ways. */
    public enum Way {
        /** With no proxy between. */
        DIRECT(null),
        /** By epoll. */
        EPOLL(Transport.EPOLL),
        /** By io_uring. */
        IO_URING(Transport.IO_URING),
        /** By the JDK's selectors. */
        NIO(Transport.NIO);

        private final @Nullable Transport transport;

        Way(@Nullable Transport transport) {
            this.transport = transport;
        }
    }

    /** Starts the server and the proxy, and connects. */
    @Setup
    public void start() throws IOException, ProxyStartException {
        server = new EchoServer();
        address = server.start();
        Transport transport = way.transport;
        if (transport != null) {
            address = startProxy(transport, address.getPort());
        }
        kept = connect();
    }

    private InetSocketAddress startProxy(Transport transport, int serverPort)
            throws ProxyStartException {
        FrontendConfig frontend =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        BackendConfig backend =
                BackendConfig.builder("app")
                        .server(ServerConfig.builder("s1", "127.0.0.1", serverPort).build())
                        .build();
        TcpProxy started =
                TcpProxy.builder()
                        .config(new ProxyConfig(List.of(frontend), List.of(backend)))
                        .eventLoops(1)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .build();
        started.start();
        proxy = started;
        return started.boundAddresses("web").get(0);
    }

    /** Ends what it has started. */
    @TearDown
    public void stop() throws IOException {
        if (kept != null) {
            kept.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        server.close();
    }

    /** 64 bytes there and back on a connection that stays. */
    @Benchmark
    public int roundTrip() throws IOException {
        SocketChannel connection = kept;
        if (connection == null) {
            throw new IllegalStateException("There is no connection yet.");
        }
        return exchange(connection);
    }

    /** A connection, 64 bytes there and back, and its end. */
    @Benchmark
    public int newConnection() throws IOException {
        try (SocketChannel connection = connect()) {
            return exchange(connection);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel connection = SocketChannel.open(address);
        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return connection;
    }

    private int exchange(SocketChannel connection) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            connection.write(message);
        }
        message.clear();
        while (message.hasRemaining()) {
            if (connection.read(message) < 0) {
                throw new EOFException("The connection has ended before the answer was whole.");
            }
        }
        return message.position();
    }
}
