package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ListenConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listeners of a proxy, and which frontend each belongs to. Not thread-safe. */
final class Listeners {
    private final List<LoopContext> contexts;
    private final Acceptor.SessionFactory sessions;
    private final Counters counters;
    private List<Frontend> frontends = List.of();
    private boolean open;

    /** A bind line of the next configuration, and what listens there. */
    private record Wanted(
            FrontendConfig frontend,
            BindAddress bind,
            @Nullable Listener present,
            @Nullable List<ListenSocket> opened) {}

    /** What is to become of the listeners; what is new is open already. */
    static final class Change {
        private final List<Wanted> wanted = new ArrayList<>();
        private final List<Listener> unwanted;

        private Change(List<Listener> present) {
            unwanted = new ArrayList<>(present);
        }

        private @Nullable Listener take(BindAddress bind, ListenConfig config) {
            for (Listener listener : unwanted) {
                if (listener.bind().equals(bind) && listener.config().equals(config)) {
                    unwanted.remove(listener);
                    return listener;
                }
            }
            return null;
        }

        private void closeOpened() {
            for (Wanted one : wanted) {
                if (one.opened() != null) {
                    one.opened().forEach(ListenSocket::close);
                }
            }
        }
    }

    /**
     * @param contexts filled in before anything is opened
     */
    Listeners(List<LoopContext> contexts, Acceptor.SessionFactory sessions, Counters counters) {
        this.contexts = contexts;
        this.sessions = sessions;
        this.counters = counters;
    }

    private List<Listener> all() {
        return frontends.stream().flatMap(frontend -> frontend.listeners().stream()).toList();
    }

    /** What accepts now. */
    List<Acceptor> acceptors() {
        return all().stream().flatMap(listener -> listener.acceptors().stream()).toList();
    }

    /** Listens for all of these or for none; nothing happens if it listens already. */
    void open(List<Frontend> those) throws ProxyStartException {
        if (open) {
            return;
        }
        List<FrontendConfig> configs = those.stream().map(Frontend::config).toList();
        Change change = openMissing(configs);
        open = true;
        try {
            complete(change, those);
        } catch (ProxyStartException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens what is new, if it listens at all.
     *
     * @throws ProxyStartException if that fails; then nothing has changed
     */
    Change prepare(List<FrontendConfig> next) throws ProxyStartException {
        return open ? openMissing(next) : new Change(List.of());
    }

    private Change openMissing(List<FrontendConfig> configs) throws ProxyStartException {
        List<Listener> present = all();
        Change change = new Change(present);
        try {
            for (FrontendConfig config : configs) {
                for (BindAddress bind : config.binds()) {
                    Listener listener = change.take(bind, config.listenConfig(bind));
                    List<ListenSocket> sockets =
                            listener == null
                                    ? Listening.open(config, bind, contexts, present)
                                    : null;
                    change.wanted.add(new Wanted(config, bind, listener, sockets));
                }
            }
        } catch (ProxyStartException | RuntimeException e) {
            change.closeOpened();
            throw e;
        }
        return change;
    }

    /**
     * Gives each frontend its listeners, and closes those that are no longer wanted.
     *
     * @throws ProxyStartException if an opened listener cannot be used; the others can
     */
    void complete(Change change, List<Frontend> next) throws ProxyStartException {
        ProxyStartException failure = null;
        for (Frontend frontend : next) {
            List<Listener> its = new ArrayList<>();
            for (Wanted one : change.wanted) {
                if (one.frontend().name().equals(frontend.config().name())) {
                    try {
                        its.add(listener(one, frontend));
                    } catch (ProxyStartException e) {
                        failure = e;
                    }
                }
            }
            frontend.setListeners(its);
        }
        change.unwanted.forEach(Listener::close);
        frontends.stream()
                .filter(frontend -> !next.contains(frontend))
                .forEach(frontend -> frontend.setListeners(List.of()));
        frontends = List.copyOf(next);
        if (failure != null) {
            throw failure;
        }
    }

    private Listener listener(Wanted wanted, Frontend frontend) throws ProxyStartException {
        Listener present = wanted.present();
        if (present != null) {
            present.serve(frontend);
            return present;
        }
        List<ListenSocket> opened = wanted.opened();
        if (opened == null) {
            throw new IllegalStateException("Nothing was opened for " + wanted.bind());
        }
        return Listening.start(
                frontend,
                wanted.bind(),
                wanted.frontend().listenConfig(wanted.bind()),
                opened,
                contexts,
                sessions,
                counters);
    }

    /** Serves what waits to be accepted, and listens no more. */
    void close() {
        all().forEach(Listener::close);
        frontends.forEach(frontend -> frontend.setListeners(List.of()));
        frontends = List.of();
        open = false;
    }
}
