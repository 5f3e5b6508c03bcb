package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What the first check of a server says of it. */
final class FirstVerdict {
    private FirstVerdict() {}

    /** {@code UP: cause} or {@code DOWN: cause}, which must come within 20 s. */
    static String of(
            Transport transport, ServerConfig server, UnaryOperator<BackendConfig.Builder> settings)
            throws Exception {
        BlockingQueue<String> verdicts = new LinkedBlockingQueue<>();
        BackendConfig backend = settings.apply(BackendConfig.builder("app").server(server)).build();
        FrontendConfig frontend =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        try (TcpProxy proxy =
                TcpProxy.builder()
                        .config(new ProxyConfig(List.of(frontend), List.of(backend)))
                        .eventLoops(1)
                        .transport(transport)
                        .listening(false)
                        .observer(
                                new ProxyObserver() {
                                    @Override
                                    public void onHealthChange(
                                            Backend of, Server of2, HealthTransition change) {
                                        verdicts.add(change.to() + ": " + change.cause());
                                    }
                                })
                        .build()) {
            proxy.start();
            return String.valueOf(verdicts.poll(20, TimeUnit.SECONDS));
        }
    }
}
