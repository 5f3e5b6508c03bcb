package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;

/** A proxy with one loop in a process of little direct memory. Says its port, then for each line of its standard input what was counted. */
final class DirectMemoryMain {
    private DirectMemoryMain() {}

    public static void main(String[] arguments) throws Exception {
        FrontendConfig web =
                FrontendConfig.builder("web").bind("127.0.0.1", 0).defaultBackend("app").build();
        BackendConfig app =
                BackendConfig.builder("app")
                        .servers(ProxyFixture.at(Integer.parseInt(arguments[1])))
                        .build();
        try (TcpProxy proxy =
                        TcpProxy.builder()
                                .config(new ProxyConfig(List.of(web), List.of(app)))
                                .eventLoops(1)
                                .transport(Transport.valueOf(arguments[0]))
                                .drainTimeout(Duration.ZERO)
                                // More than there is.
                                .byteBudget(1L << 40)
                                .build();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in))) {
            proxy.start();
            System.out.println(proxy.boundAddresses("web").get(0).getPort());
            while (input.readLine() != null) {
                ProxySnapshot counted = proxy.snapshot();
                System.out.println(
                        "active="
                                + counted.activeSessions()
                                + " reset="
                                + counted.ends().get(TerminationCause.RESOURCES));
            }
        }
    }
}
