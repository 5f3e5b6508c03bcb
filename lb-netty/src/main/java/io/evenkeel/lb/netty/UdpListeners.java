package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.UdpFrontendConfig;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The UDP frontends of a proxy and their listeners. Changed by one thread at a time; {@link #boundAddresses} may be called by any. */
final class UdpListeners {
    private final UdpLoops loops;
    private final UdpCounters counters;
    private volatile Map<String, UdpFrontend> frontends = Map.of();
    private boolean open;

    /** A bind line of the next configuration, and what receives there. */
    private record Wanted(
            String frontend,
            BindAddress bind,
            @Nullable UdpListener present,
            @Nullable List<DatagramListenSocket> opened) {}

    /** What is to become of the listeners; what is new is bound already. */
    static final class Change {
        private final List<Wanted> wanted = new ArrayList<>();
        private final List<UdpListener> unwanted;

        private Change(List<UdpListener> present) {
            unwanted = new ArrayList<>(present);
        }

        private void closeOpened() {
            for (Wanted one : wanted) {
                if (one.opened() != null) {
                    one.opened().forEach(DatagramListenSocket::close);
                }
            }
        }
    }

    UdpListeners(UdpLoops loops, UdpCounters counters) {
        this.loops = loops;
        this.counters = counters;
    }

    private List<UdpListener> all() {
        return frontends.values().stream()
                .flatMap(frontend -> frontend.listeners().stream())
                .toList();
    }

    /** The addresses that a frontend receives on now, or null if there is no frontend of that name. */
    @Nullable List<InetSocketAddress> boundAddresses(String name) {
        UdpFrontend frontend = frontends.get(name);
        return frontend == null
                ? null
                : frontend.listeners().stream().map(UdpListener::localAddress).toList();
    }

    /** Goes by this configuration from now on, without listening yet. */
    void configure(List<UdpFrontendConfig> configs, Function<String, Upstream> upstreams) {
        Map<String, UdpFrontend> next = new LinkedHashMap<>();
        for (UdpFrontendConfig config : configs) {
            Upstream upstream = upstreams.apply(config.backend());
            UdpFrontend frontend = frontends.get(config.name());
            if (frontend == null) {
                frontend = new UdpFrontend(config, upstream);
            } else {
                frontend.reconfigure(config, upstream);
            }
            next.put(config.name(), frontend);
        }
        frontends = next;
    }

    /**
     * Receives for all of them or for none; nothing happens if it does already.
     *
     * @throws ProxyStartException if an address cannot be bound
     */
    void open() throws ProxyStartException {
        if (open) {
            return;
        }
        List<UdpFrontendConfig> configs =
                frontends.values().stream().map(UdpFrontend::config).toList();
        Change change = bindMissing(configs);
        open = true;
        try {
            complete(change);
        } catch (ProxyStartException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Binds what is new, if it listens at all.
     *
     * @throws ProxyStartException if that fails; then nothing has changed
     */
    Change prepare(List<UdpFrontendConfig> next) throws ProxyStartException {
        return open ? bindMissing(next) : new Change(List.of());
    }

    /** Closes what was bound for a change that is not to be; nothing happens without one. */
    static void abandon(@Nullable Change change) {
        if (change != null) {
            change.closeOpened();
        }
    }

    /** Puts a prepared change into effect; see {@link #complete}. */
    void apply(Change change, List<UdpFrontendConfig> next, Function<String, Upstream> upstreams)
            throws ProxyStartException {
        configure(next, upstreams);
        complete(change);
    }

    private Change bindMissing(List<UdpFrontendConfig> configs) throws ProxyStartException {
        Change change = new Change(all());
        List<UdpListener> present = List.copyOf(change.unwanted);
        try {
            for (UdpFrontendConfig config : configs) {
                for (BindAddress bind : config.binds()) {
                    UdpListener listener =
                            present.stream()
                                    .filter(other -> other.bind().equals(bind))
                                    .filter(change.unwanted::remove)
                                    .findFirst()
                                    .orElse(null);
                    change.wanted.add(
                            new Wanted(
                                    config.name(),
                                    bind,
                                    listener,
                                    listener == null ? bind(config, bind, present) : null));
                }
            }
        } catch (ProxyStartException | RuntimeException e) {
            abandon(change);
            throw e;
        }
        return change;
    }

    private List<DatagramListenSocket> bind(
            UdpFrontendConfig config, BindAddress bind, List<UdpListener> present)
            throws ProxyStartException {
        boolean mayOverlap =
                bind.port() != 0
                        && present.stream().anyMatch(other -> other.bind().port() == bind.port());
        boolean shared = loops.transport() != Transport.NIO;
        int relays = shared ? Math.min(loops.all().size(), config.maxSessions()) : 1;
        List<DatagramListenSocket> sockets = new ArrayList<>();
        try {
            InetSocketAddress address =
                    new InetSocketAddress(HostNames.first(bind.host()), bind.port());
            requireAnswerable(config, bind, address.getAddress());
            if (shared && !mayOverlap) {
                // SO_REUSEPORT would let two processes share a port in silence; a bind without it
                // finds out first.
                loops.all().get(0).bind(address, false).close();
            }
            for (int i = 0; i < relays; i++) {
                DatagramListenSocket socket = loops.all().get(i).bind(address, shared);
                sockets.add(socket);
                // The first one may have been given a port.
                address = socket.localAddress();
            }
            return sockets;
        } catch (IOException | ChannelException e) {
            sockets.forEach(DatagramListenSocket::close);
            throw failure(config.name(), bind, Listening.reason(e, bind), e);
        }
    }

    /** An answer that leaves from another address than the question went to is dropped by whoever asked. */
    private void requireAnswerable(UdpFrontendConfig config, BindAddress bind, InetAddress address)
            throws ProxyStartException {
        boolean known = address instanceof Inet4Address && loops.transport() == Transport.EPOLL;
        if (address.isAnyLocalAddress() && !known) {
            throw failure(
                    config.name(),
                    bind,
                    "an answer has to leave from the address that was asked, which only epoll"
                            + " tells, and of IPv4 only; bind each address of the host.",
                    null);
        }
    }

    private static ProxyStartException failure(
            String frontend, BindAddress bind, String reason, @Nullable Exception cause) {
        return new ProxyStartException(
                "UDP frontend " + frontend + " cannot receive on " + bind + ": " + reason, cause);
    }

    /**
     * Gives each frontend its listeners, and closes those that are no longer wanted.
     *
     * @throws ProxyStartException if a bound address cannot be used; the others can
     */
    private void complete(Change change) throws ProxyStartException {
        // First, so that no two of them are at one address for longer than it takes.
        change.unwanted.forEach(UdpListener::close);
        ProxyStartException failure = null;
        for (UdpFrontend frontend : frontends.values()) {
            List<UdpListener> its = new ArrayList<>();
            for (Wanted one : change.wanted) {
                if (one.frontend().equals(frontend.config().name())) {
                    try {
                        its.add(listener(one, frontend));
                    } catch (IOException e) {
                        failure =
                                failure(
                                        one.frontend(),
                                        one.bind(),
                                        Listening.reason(e, one.bind()),
                                        e);
                    }
                }
            }
            frontend.setListeners(its);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private UdpListener listener(Wanted wanted, UdpFrontend frontend) throws IOException {
        UdpListener present = wanted.present();
        if (present != null) {
            present.serve(frontend);
            return present;
        }
        List<DatagramListenSocket> opened = wanted.opened();
        if (opened == null) {
            throw new IllegalStateException("Nothing was bound for " + wanted.bind());
        }
        List<DatagramRelay> relays = new ArrayList<>();
        int most = frontend.config().maxSessions();
        InetSocketAddress bound = opened.get(0).localAddress();
        LocalSockets locals =
                bound.getAddress().isAnyLocalAddress()
                        ? new LocalSockets(relays, bound.getPort())
                        : null;
        for (int i = 0; i < opened.size(); i++) {
            DatagramListenSocket socket = opened.get(i);
            relays.add(
                    new DatagramRelay(
                            loops.all().get(i),
                            frontend,
                            socket,
                            locals,
                            i,
                            counters,
                            UdpListener.share(most, i, opened.size())));
        }
        UdpListener listener = new UdpListener(wanted.bind(), relays);
        if (locals != null) {
            locals.openPresent();
        }
        try {
            listener.start();
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        return listener;
    }

    /** Ends every session and receives no more. */
    void close() {
        all().forEach(UdpListener::close);
        frontends.values().forEach(frontend -> frontend.setListeners(List.of()));
        open = false;
    }

    /** After {@link #close}: gives the memory back. */
    void release() {
        loops.close();
    }
}
