package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Who hears of a backend. Safe for any thread; telling allocates nothing. */
final class BackendObservers {
    private volatile BackendObserver[] observers = {};

    synchronized void add(BackendObserver observer) {
        List<BackendObserver> next = new ArrayList<>(List.of(observers));
        next.add(Objects.requireNonNull(observer, "observer"));
        observers = next.toArray(new BackendObserver[0]);
    }

    synchronized void remove(BackendObserver observer) {
        List<BackendObserver> next = new ArrayList<>(List.of(observers));
        next.remove(observer);
        observers = next.toArray(new BackendObserver[0]);
    }

    void picked(Backend backend, Server server) {
        for (BackendObserver observer : observers) {
            observer.onPick(backend, server);
        }
    }

    void refused(Backend backend, Refusal cause) {
        for (BackendObserver observer : observers) {
            observer.onRefusal(backend, cause);
        }
    }

    void queued(Backend backend, int length) {
        for (BackendObserver observer : observers) {
            observer.onQueueLength(backend, length);
        }
    }

    /**
     * Tells all of them of several things, one after the other.
     *
     * @throws RuntimeException the first failure, as is an {@link Error}; one observer's does not keep the others from hearing
     */
    void tell(List<Consumer<BackendObserver>> events) {
        Failures failures = new Failures();
        for (Consumer<BackendObserver> event : events) {
            for (BackendObserver observer : observers) {
                try {
                    event.accept(observer);
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            }
        }
        failures.rethrow();
    }
}
