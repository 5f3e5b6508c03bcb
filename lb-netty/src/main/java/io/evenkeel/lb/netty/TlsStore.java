package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.PeerConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and keys of a proxy as they were last read, and the threads for what of a handshake takes long. Changed by one thread at a
 * time, asked by the loops.
 */
final class TlsStore {
    private static final int IDLE_SECONDS = 10;

    private final TlsContexts contexts;
    private final ByteBufAllocator allocator;
    private final ThreadPoolExecutor tasks;
    private volatile Loaded loaded = new Loaded(Map.of(), Map.of());
    private volatile Map<ServerTlsConfig, ServerTls> formerServers = Map.of();

    /** What was read. */
    record Loaded(Map<BindTlsConfig, BindTls> binds, Map<ServerTlsConfig, ServerTls> servers) {
        /** These, and of the others what these do not have. */
        Loaded over(Loaded others) {
            Loaded both =
                    new Loaded(new HashMap<>(others.binds()), new HashMap<>(others.servers()));
            both.binds().putAll(binds);
            both.servers().putAll(servers);
            return both;
        }

        void release() {
            binds.values().forEach(BindTls::release);
            servers.values().forEach(ServerTls::release);
        }
    }

    /** @param threads how many tasks of handshakes are carried out at a time */
    TlsStore(TlsProvider provider, ByteBufAllocator allocator, int threads) {
        contexts = new TlsContexts(provider);
        this.allocator = allocator;
        tasks =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        // Each handshake has one at a time, so sessions bound it.
                        new LinkedBlockingQueue<>(),
                        new DefaultThreadFactory("evenkeel-lb-tls", true));
        tasks.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads the files that a configuration names; nothing is changed yet.
     *
     * @throws TlsFileException with everything that is wrong
     */
    Loaded load(ProxyConfig config) throws TlsFileException {
        List<FileProblem> problems = new ArrayList<>();
        Loaded made = load(config, problems);
        if (!problems.isEmpty()) {
            made.release();
            throw new TlsFileException(problems.stream().map(FileProblem::message).toList());
        }
        return made;
    }

    /** Everything that is wrong with the files that a configuration names. */
    List<FileProblem> problems(ProxyConfig config) {
        List<FileProblem> problems = new ArrayList<>();
        load(config, problems).release();
        return problems;
    }

    private Loaded load(ProxyConfig config, List<FileProblem> problems) {
        Loaded made = new Loaded(new HashMap<>(), new HashMap<>());
        for (FrontendConfig frontend : config.frontends()) {
            for (BindAddress bind : frontend.binds()) {
                String who = "Frontend " + frontend.name() + " on " + bind;
                load(made, frontend.tls(bind), new User(who, bind, null), problems);
            }
        }
        for (BackendConfig backend : config.backends()) {
            for (ServerConfig server : backend.servers()) {
                String name = backend.name() + "/" + server.name();
                load(made, server.tls(), new User("Server " + name, null, name), problems);
            }
        }
        for (PeersConfig peers : config.peers()) {
            BindAddress bind = peers.binds().isEmpty() ? null : peers.binds().get(0);
            load(made, peers.tls(), new User("Peers " + peers.name(), bind, null), problems);
            for (PeerConfig peer : peers.peers()) {
                String who = "Peer " + peers.name() + "/" + peer.name();
                load(made, peer.tls(), new User(who, bind, null), problems);
            }
        }
        return made;
    }

    /** Whose files are read. */
    private record User(String who, @Nullable BindAddress bind, @Nullable String server) {
        void tell(List<FileProblem> problems, TlsFileException failure) {
            for (String problem : failure.problems()) {
                String message = who + " has no certificates to use: " + problem;
                problems.add(new FileProblem(bind, server, message));
            }
        }
    }

    private void load(
            Loaded made, @Nullable BindTlsConfig tls, User user, List<FileProblem> problems) {
        if (tls != null && !made.binds().containsKey(tls)) {
            try {
                made.binds().put(tls, BindTls.load(tls, contexts, loaded.binds().get(tls)));
            } catch (TlsFileException e) {
                user.tell(problems, e);
            }
        }
    }

    private void load(
            Loaded made, @Nullable ServerTlsConfig tls, User user, List<FileProblem> problems) {
        if (tls != null && !made.servers().containsKey(tls)) {
            try {
                made.servers().put(tls, ServerTls.load(tls, contexts, loaded.servers().get(tls)));
            } catch (TlsFileException e) {
                user.tell(problems, e);
            }
        }
    }

    /** What it goes by. */
    Loaded loaded() {
        return loaded;
    }

    /**
     * Goes by these from now on.
     *
     * @return the others, to be released once every loop has done what it was at
     */
    Loaded swap(Loaded next) {
        Loaded before = loaded;
        loaded = next;
        return before;
    }

    /**
     * Goes by these from now on, and keeps until the next call how servers were connected to before: connections that came under the rules of
     * then may still be sent there.
     *
     * @param before what it went by, but for what {@code next} has
     * @return what is kept no longer, to be released once every loop has done what it was at
     */
    Loaded replace(Loaded next, Loaded before) {
        Loaded unused = new Loaded(before.binds(), formerServers);
        formerServers = before.servers();
        loaded = next;
        return unused;
    }

    /** The certificates of an address, on a loop that holds them or makes an engine of them at once; null if there are none. */
    @Nullable BindTls bind(BindTlsConfig config) {
        return loaded.binds().get(config);
    }

    /** The same of a server, also of one that only the configuration before has. */
    @Nullable ServerTls server(ServerTlsConfig config) {
        ServerTls present = loaded.servers().get(config);
        return present == null ? formerServers.get(config) : present;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** Carries something out on a thread that may take its time; at once if there is none any more. */
    void execute(Runnable task) {
        try {
            tasks.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** After the loops have ended. */
    void close() {
        tasks.shutdown();
        try {
            // What is under way gives its engine back.
            tasks.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Loaded none = new Loaded(Map.of(), Map.of());
        replace(none, swap(none)).release();
        replace(none, none).release();
    }
}
