package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VrrpEvent;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log and the listeners of a service, which are told every event. */
final class Subscriptions {
    // The events are the service's, so its name is what a log is configured with.
    private static final Logger LOG = LoggerFactory.getLogger(VrrpService.class);

    private final List<Subscription> subscriptions;

    record Subscription(VrrpListener listener, Executor executor) {}

    Subscriptions(List<Subscription> subscriptions) {
        this.subscriptions = List.copyOf(subscriptions);
    }

    /** Runs on the dispatcher's thread, one event at a time. */
    void publish(VrrpEvent event) {
        LOG.atLevel(isUsual(event) ? Level.INFO : Level.WARN).log(event.sentence());
        for (Subscription subscription : subscriptions) {
            EventDispatcher.runGuarded(
                    () ->
                            subscription.executor.execute(
                                    () -> subscription.listener.onEvent(event)));
        }
    }

    /** Whether it is what a healthy cluster does; the rest asks somebody to look. */
    private static boolean isUsual(VrrpEvent event) {
        return event instanceof VrrpEvent.StateChanged
                || event instanceof VrrpEvent.PriorityChanged
                || event instanceof VrrpEvent.PeerSilent
                || event instanceof VrrpEvent.NobodyHeard;
    }
}
