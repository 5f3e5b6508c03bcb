package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left of a file with sections in mode http. */
class HttpModeTest {
    @Test
    void pagesAreNotServedAndTheRestIsRelayed() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        defaults
                            mode http
                        listen stats
                            bind :8404
                            stats enable
                        frontend metrics
                            bind :9101
                            http-request use-service prometheus-exporter
                        frontend web
                            bind :80
                            stats uri /stats
                            default_backend web
                        backend web
                            server a 192.0.2.1:80
                        listen tcp
                            mode tcp
                            bind :81
                            http-request deny
                            stats enable
                            server a 192.0.2.1:81
                        """);
        assertEquals(
                List.of("web", "tcp"),
                config.proxy().frontends().stream().map(FrontendConfig::name).toList());
        assertEquals(
                List.of("web", "tcp"),
                config.proxy().backends().stream().map(BackendConfig::name).toList());
        assertEquals(
                Set.of(new BindAddress("0.0.0.0", 80), new BindAddress("0.0.0.0", 81)),
                config.bindLines().keySet());
    }
}
