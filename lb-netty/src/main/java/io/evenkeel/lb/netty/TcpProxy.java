package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.peers.PeerState;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.util.internal.PlatformDependent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TCP load balancer: accepts connections on the frontends' addresses, checks the backends' servers and relays each
 * connection to one of them. Datagrams are relayed in the same way; the name is from before that.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.builder().config(config).build()) {
 *     proxy.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread but those of the proxy itself, that is, not from within a
 * {@link ProxyObserver}: there they throw {@link IllegalStateException} and change nothing. {@link #backend}, {@link #stickTable}, {@link
 * #boundAddresses}, {@link #peers} and {@link #snapshot} may be called from there too.
 */
public final class TcpProxy implements AutoCloseable {
    private final Counters counters = new Counters();
    private final UdpCounters udpCounters = new UdpCounters();
    private final ProxyConfig config;
    private final Parts parts;
    private final Engine engine;
    private final boolean listeningFromStart;

    private TcpProxy(Builder builder) {
        config =
                Objects.requireNonNull(
                        builder.config, "A proxy needs a configuration; call config(...) first.");
        ServerAddresses addresses = new ServerAddresses();
        parts = new Parts(config, addresses, builder.stickNode);
        engine =
                new Engine(
                        builder.transport,
                        builder.eventLoops,
                        builder.drainTimeout,
                        builder.leaveTimeout,
                        builder.closeSpread,
                        builder.byteBudget,
                        parts,
                        addresses,
                        new SafeObserver(builder.observer),
                        counters,
                        udpCounters,
                        builder.tlsProvider);
        listeningFromStart = builder.listening;
    }

    /** A builder for a proxy with an event loop per processor. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether connections are driven by Linux' epoll through Netty's native library. Without it the JDK's selectors do
     * the same at less speed, and cannot listen on an address that this host does not own yet.
     */
    public static boolean isEpollAvailable() {
        return Epoll.isAvailable();
    }

    /** Why {@link #isEpollAvailable()} is false, in a sentence; null if it is true. */
    public static @Nullable String epollUnavailabilityCause() {
        Throwable cause = Epoll.unavailabilityCause();
        return cause == null
                ? null
                : "Netty's native epoll transport cannot be used on this host ("
                        + cause
                        + "), so the JDK's selectors are.";
    }

    /**
     * Reads the files that a configuration names, such as those of certificates, and does nothing with them.
     *
     * @return what is wrong with them; empty if nothing is
     */
    public static List<FileProblem> fileProblems(ProxyConfig config) {
        TlsStore store = new TlsStore(TlsProvider.JDK, UnpooledByteBufAllocator.DEFAULT, 1);
        try {
            return store.problems(config);
        } finally {
            store.close();
        }
    }

    /**
     * Starts the event loops, the health checks, the exchange with peers and, unless the builder said otherwise, the listeners.
     *
     * @throws ProxyStartException if an address cannot be listened on, a server not be connected to as configured, or the file of a certificate
     *     not be used; the proxy is closed
     *     then and holds nothing
     * @throws IllegalStateException if it was started before
     */
    public void start() throws ProxyStartException {
        engine.threads().refuseOwn("start");
        engine.start(config);
        try {
            engine.followPeers();
            if (listeningFromStart) {
                engine.startListening();
            }
        } catch (Throwable e) {
            engine.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Listens on every address of every frontend, all or none. Nothing happens if it listens already.
     *
     * @throws ProxyStartException if an address cannot be listened on; the proxy then listens on none, and goes on with
     *     its sessions and checks
     * @throws IllegalStateException if it is not started or closed already
     */
    public void startListening() throws ProxyStartException {
        engine.threads().refuseOwn("startListening");
        engine.startListening();
    }

    /**
     * Serves the connections that wait to be accepted, then stops to listen. Sessions and checks go on. Nothing happens
     * if it does not listen.
     */
    public void stopListening() {
        engine.threads().refuseOwn("stopListening");
        engine.stopListening();
    }

    /**
     * Takes another configuration while it runs. What has the same name is the same: a listener of the same address accepts all the
     * time, a server of the same name and address keeps its health, its checks, its connections and its turn, and a stick table
     * its entries. Sessions go on, also those of a frontend, backend or server that is no longer there; one that is removed gets no
     * connection more and is not checked.
     *
     * <p>Timeouts of clients and servers that changed count at once, also for sessions that are under way.
     *
     * <p>Files of certificates and keys are read again.
     *
     * @throws ProxyStartException if a new address cannot be listened on, a server not be connected to as configured, or the file of a
     *     certificate not be used; nothing was changed, unless the message says so
     * @throws IllegalArgumentException if the configuration asks for something that a proxy cannot know; nothing was changed
     * @throws IllegalStateException if it is not started or closed already
     */
    public void apply(ProxyConfig next) throws ProxyStartException {
        engine.threads().refuseOwn("apply");
        engine.apply(Objects.requireNonNull(next, "next"));
    }

    /**
     * Makes health checks rarer, for a node that is a Backup and has nothing to serve: so servers are checked by one node often and by the
     * others now and then, and every node knows what it needs when its turn comes. Servers whose health is changing or not
     * known yet are checked as often as ever.
     *
     * @param factor how many times as long the intervals of settled servers are: 1 as the configuration says, at most 1000. Back at 1,
     *     every server is checked within its interval
     * @throws IllegalStateException if it is not started or closed already
     */
    public void slowChecks(int factor) {
        if (factor < 1 || factor > 1000) {
            throw new IllegalArgumentException(
                    "Checks can be 1 to 1000 times as slow, not " + factor);
        }
        engine.threads().refuseOwn("slowChecks");
        engine.slowChecks(factor);
    }

    /**
     * Reads the files of certificates and keys again that its configuration names. Connections that are there go on as they are, and those
     * that are shaking hands end their handshake with what they began it with.
     *
     * @throws ProxyStartException if a file cannot be used, with its name and the reason; everything stays as it was
     * @throws IllegalStateException if it is not started or closed already
     */
    public void reloadCertificates() throws ProxyStartException {
        engine.threads().refuseOwn("reloadCertificates");
        engine.reloadCertificates();
    }

    /**
     * The live backend of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Backend backend(String name) {
        return parts.backend(name);
    }

    /**
     * The addresses that a frontend listens on now, with the ports that the kernel chose for port 0; empty while it
     * does not listen.
     *
     * @throws IllegalArgumentException if there is no frontend of that name
     */
    public List<InetSocketAddress> boundAddresses(String frontend) {
        List<InetSocketAddress> udp = engine.udp().boundAddresses(frontend);
        return udp != null
                ? udp
                : parts.frontend(frontend).listeners().stream()
                        .map(Listener::localAddress)
                        .toList();
    }

    /**
     * The live stick table of that frontend or backend, to look at its entries, to remove some, or to have another node hold the same.
     *
     * @throws IllegalArgumentException if it has none
     */
    public StickTable stickTable(String name) {
        return parts.stickies().table(name);
    }

    /** How it is with every peer of every group: whether it is connected, and how far it lags behind. Empty before the start. */
    public List<PeerState> peers() {
        return engine.peerStates();
    }

    /** What was counted so far. */
    public ProxySnapshot snapshot() {
        return counters.snapshot(udpCounters.snapshot());
    }

    /** What sessions hold that nobody has taken yet, for tests. */
    long heldBytes() {
        return engine.heldBytes();
    }

    /** Direct memory in use by sessions and checks, for tests. */
    long usedDirectMemory() {
        return engine.usedDirectMemory();
    }

    /**
     * Stops to listen, gives sessions the drain time to end by themselves, resets those that are left, and returns every
     * thread, descriptor and buffer. A second call does nothing.
     */
    @Override
    public void close() {
        engine.threads().refuseOwn("close");
        engine.close();
    }

    /** Builds a {@link TcpProxy}. */
    public static final class Builder {
        private @Nullable ProxyConfig config;
        private int eventLoops = Runtime.getRuntime().availableProcessors();
        private ProxyObserver observer = ProxyObserver.NONE;
        private boolean listening = true;
        private Duration drainTimeout = Duration.ofSeconds(1);
        private Duration leaveTimeout = Duration.ZERO;
        private @Nullable Duration closeSpread;
        private long byteBudget = PlatformDependent.maxDirectMemory() / 2;
        private Transport transport = Transport.best();
        private @Nullable StickNode stickNode;
        private TlsProvider tlsProvider = TlsProvider.JDK;

        /** Longer times are as good as this one, and more nanoseconds than can be counted. */
        private static final Duration LONGEST = Duration.ofDays(36_500);

        private Builder() {}

        private static Duration countable(Duration value) {
            return value.compareTo(LONGEST) < 0 ? value : LONGEST;
        }

        /** The frontends and backends. Required. */
        public Builder config(ProxyConfig value) {
            config = value;
            return this;
        }

        /** Threads that drive connections: 1 or more; the number of processors if not set. */
        public Builder eventLoops(int value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "A proxy needs 1 event loop or more, not " + value + ".");
            }
            eventLoops = value;
            return this;
        }

        /** Who hears of servers and sessions; nobody if not set. */
        public Builder observer(ProxyObserver value) {
            observer = Objects.requireNonNull(value, "observer");
            return this;
        }

        /** Whether {@link TcpProxy#start} listens at once; true if not set. */
        public Builder listening(boolean value) {
            listening = value;
            return this;
        }

        /** How long {@link TcpProxy#close} waits for sessions to end by themselves: 0 or more; 1 s if not set. */
        public Builder drainTimeout(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(
                        "A drain timeout is 0 or more, not " + value + ".");
            }
            drainTimeout = countable(value);
            return this;
        }

        /**
         * How long connections may go on whose frontend, address, backend or server {@link TcpProxy#apply another configuration} no
         * longer has, see {@link TerminationCause#REMOVED}; zero, the default: as long as they like.
         */
        public Builder leaveTimeout(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(
                        "A leave timeout is 0 or more, not " + value + ".");
            }
            leaveTimeout = countable(value);
            return this;
        }

        /**
         * How long before the end of either timeout the sessions that are left begin to be reset, evenly spread until then, first the one
         * that has been silent for longest: 0, for all at its end, or more, at most all of the time; null, the default: a tenth of it.
         */
        public Builder closeSpread(@Nullable Duration value) {
            if (value != null && value.isNegative()) {
                throw new IllegalArgumentException(
                        "A time to spread closes over is 0 or more, not " + value + ".");
            }
            closeSpread = value == null ? null : countable(value);
            return this;
        }

        /**
         * How many bytes all sessions together may hold that were read and not taken yet: 1 or more; half of the JVM's direct memory if not
         * set. Beyond that the sessions that hold the most for the longest time are reset ({@link TerminationCause#SHED}). One session
         * holds no more than 64 KiB of each direction, whatever the budget is.
         */
        public Builder byteBudget(long value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "A byte budget is 1 byte or more, not " + value + ".");
            }
            byteBudget = value;
            return this;
        }

        /** Which node this is, for stick tables that other nodes hold too; null, the default: there is no other. */
        public Builder stickNode(@Nullable StickNode value) {
            stickNode = value;
            return this;
        }

        /**
         * How sockets are driven; if not set, by {@link Transport#EPOLL}, or {@link Transport#NIO} where that is not available.
         *
         * @throws IllegalArgumentException if that is not available; the message says why
         */
        public Builder transport(Transport value) {
            Throwable cause = value.unavailability();
            if (cause != null) {
                throw new IllegalArgumentException(
                        value + " cannot be used on this host (" + cause + "); leave it out.",
                        cause);
            }
            transport = value;
            return this;
        }

        /**
         * Who encrypts and decrypts; {@link TlsProvider#JDK} if not set.
         *
         * @throws IllegalArgumentException if that is not available
         */
        public Builder tlsProvider(TlsProvider value) {
            if (!value.isAvailable()) {
                throw new IllegalArgumentException(
                        "The TLS provider "
                                + value
                                + " is not available; put netty-tcnative-boringssl-static with the"
                                + " classifier of this platform on the class path.");
            }
            tlsProvider = value;
            return this;
        }

        /** A proxy that holds no socket and no thread until it is started. */
        public TcpProxy build() {
            return new TcpProxy(this);
        }
    }
}
