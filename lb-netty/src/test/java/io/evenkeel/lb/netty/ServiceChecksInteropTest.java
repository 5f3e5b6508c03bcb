package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServiceChecks;
import io.evenkeel.lb.TcpCheck;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real services say to the checks that speak their language. */
class ServiceChecksInteropTest {
    @TempDir private Path directory;

    private static String verdict(int port, TcpCheck check) throws Exception {
        return FirstVerdict.of(
                Transport.best(),
                ServerConfig.builder("s", "127.0.0.1", port)
                        .check(CheckConfig.builder().build())
                        .build(),
                backend -> backend.tcpCheck(check).checkTimeout(Duration.ofSeconds(5)));
    }

    @Test
    void postgresqlAnswersItsCheck() throws Exception {
        try (ServiceProcess postgres = ServiceProcess.postgresql(directory)) {
            assertEquals(
                    "UP: Layer7 check passed",
                    verdict(postgres.port(), ServiceChecks.postgres("postgres")));
            String redis = verdict(postgres.port(), ServiceChecks.redis());
            assertTrue(redis.startsWith("DOWN: Layer7"), redis);
        }
    }

    @Test
    void redisAnswersItsCheckAndWantsItsPassword() throws Exception {
        try (ServiceProcess redis = ServiceProcess.redis(directory)) {
            assertEquals("UP: Layer7 check passed", verdict(redis.port(), ServiceChecks.redis()));
        }
        try (ServiceProcess redis = ServiceProcess.redis(directory, "--requirepass", "secret")) {
            String verdict = verdict(redis.port(), ServiceChecks.redis());
            assertTrue(verdict.startsWith("DOWN: Layer7") && verdict.contains("NOAUTH"), verdict);
        }
    }
}
