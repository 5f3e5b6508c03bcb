package io.evenkeel.benchmarks;

import io.servicetalk.client.api.ConnectionFactory;
import io.servicetalk.client.api.DefaultServiceDiscovererEvent;
import io.servicetalk.client.api.LoadBalancedConnection;
import io.servicetalk.client.api.LoadBalancer;
import io.servicetalk.client.api.ServiceDiscovererEvent;
import io.servicetalk.concurrent.Cancellable;
import io.servicetalk.concurrent.SingleSource;
import io.servicetalk.concurrent.api.Completable;
import io.servicetalk.concurrent.api.Publisher;
import io.servicetalk.concurrent.api.Single;
import io.servicetalk.concurrent.api.SourceAdapters;
import io.servicetalk.context.api.ContextMap;
import io.servicetalk.loadbalancer.LoadBalancers;
import io.servicetalk.loadbalancer.LoadBalancingPolicy;
import io.servicetalk.loadbalancer.OutlierDetectorConfig;
import io.servicetalk.transport.api.TransportObserver;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ServiceTalk's balancer over one open connection to each server, with no network behind it. */
final class ServiceTalkBalancer {
    private final LoadBalancer<Connection> balancer;

    ServiceTalkBalancer(
            LoadBalancingPolicy<String, Connection> policy,
            OutlierDetectorConfig outliers,
            List<String> servers) {
        Collection<ServiceDiscovererEvent<String>> all =
                servers.stream().map(ServiceTalkBalancer::available).toList();
        balancer =
                LoadBalancers.<String, Connection>builder("bench")
                        .loadBalancingPolicy(policy)
                        .outlierDetectorConfig(outliers)
                        .build()
                        .newLoadBalancer(
                                Publisher.from(all).concat(Publisher.never()),
                                new Connections(),
                                "bench");
    }

    private static ServiceDiscovererEvent<String> available(String server) {
        return new DefaultServiceDiscovererEvent<>(server, ServiceDiscovererEvent.Status.AVAILABLE);
    }

    /** A connection to the server that was chosen; the first to each opens it. */
    @Nullable Object choose(Object connection) {
        Answer answer = new Answer();
        SourceAdapters.toSource(balancer.selectConnection(any -> true, null)).subscribe(answer);
        return answer.connection;
    }

    /** Given at once, since nothing is waited for. */
    private static final class Answer implements SingleSource.Subscriber<Connection> {
        @Nullable Connection connection;

        @Override
        public void onSubscribe(Cancellable cancellable) {}

        @Override
        public void onSuccess(@Nullable Connection chosen) {
            connection = chosen;
        }

        @Override
        public void onError(Throwable problem) {
            throw new IllegalStateException("ServiceTalk's balancer chose no server", problem);
        }
    }

    /** An open one that takes any number of requests. */
    record Connection(String server) implements LoadBalancedConnection {
        @Override
        public int score() {
            return 1;
        }

        @Override
        public Completable onClose() {
            return Completable.never();
        }

        @Override
        public Completable closeAsync() {
            return Completable.completed();
        }
    }

    private static final class Connections implements ConnectionFactory<String, Connection> {
        @Override
        public Single<Connection> newConnection(
                String server, @Nullable ContextMap context, @Nullable TransportObserver observer) {
            return Single.succeeded(new Connection(server));
        }

        @Override
        public Completable onClose() {
            return Completable.never();
        }

        @Override
        public Completable closeAsync() {
            return Completable.completed();
        }
    }
}
