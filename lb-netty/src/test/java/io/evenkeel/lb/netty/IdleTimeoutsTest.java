package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.TerminationCause.CLIENT_TIMEOUT;
import static io.evenkeel.lb.netty.TerminationCause.SERVER_TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeouts in virtual time, on clocks that start near their wrap as well. */
class IdleTimeoutsTest {
    /** A relay of which the test says what happened when, in minutes since its start. */
    private static final class Played implements RelayActivity {
        private final long start;
        private long clientAt;
        private long serverAt;
        private @Nullable Long clientHalfClosedAt;
        private @Nullable Long serverHalfClosedAt;
        private boolean clientsTurn = true;
        private boolean serversTurn = true;

        Played(long start) {
            this.start = start;
            clientAt = start;
            serverAt = start;
        }

        long at(double minutes) {
            return start + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        }

        @Override
        public boolean isWaitingForClient() {
            return clientsTurn;
        }

        @Override
        public boolean isWaitingForServer() {
            return serversTurn;
        }

        @Override
        public long clientActivityNanos() {
            return clientAt;
        }

        @Override
        public long serverActivityNanos() {
            return serverAt;
        }

        @Override
        public boolean isClientHalfClosed() {
            return clientHalfClosedAt != null;
        }

        @Override
        public boolean isServerHalfClosed() {
            return serverHalfClosedAt != null;
        }

        @Override
        public long clientHalfClosedNanos() {
            return clientHalfClosedAt == null ? 0 : clientHalfClosedAt;
        }

        @Override
        public long serverHalfClosedNanos() {
            return serverHalfClosedAt == null ? 0 : serverHalfClosedAt;
        }
    }

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private static IdleTimeouts timeouts(
            Duration client,
            Duration server,
            Duration tunnel,
            Duration clientFin,
            Duration serverFin) {
        return IdleTimeouts.of(
                FrontendConfig.builder("f")
                        .bind("127.0.0.1", 0)
                        .defaultBackend("b")
                        .clientTimeout(client)
                        .clientFinTimeout(clientFin)
                        .build(),
                BackendConfig.builder("b")
                        .serverTimeout(server)
                        .serverFinTimeout(serverFin)
                        .tunnelTimeout(tunnel)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MAX_VALUE - 1000})
    void aTunnelIsClosedAfterAnHourAndAByteStartsItAnew(long start) {
        IdleTimeouts timeouts =
                timeouts(HALF_A_MINUTE, HALF_A_MINUTE, HOUR, Duration.ZERO, Duration.ZERO);
        Played relay = new Played(start);
        assertNull(timeouts.expired(relay, relay.at(59)));
        assertEquals(TimeUnit.MINUTES.toNanos(1), timeouts.untilNextLookNanos(relay, relay.at(59)));
        relay.clientAt = relay.at(59);
        relay.serverAt = relay.at(59);
        assertNull(timeouts.expired(relay, relay.at(60)));
        assertNull(timeouts.expired(relay, relay.at(118.9)));
        assertEquals(CLIENT_TIMEOUT, timeouts.expired(relay, relay.at(119)));
        assertEquals(CLIENT_TIMEOUT, timeouts.expired(relay, relay.at(24 * 60)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MAX_VALUE - 1000})
    void theTunnelTimeoutHoldsWhereTheOthersAreNotSet(long start) {
        IdleTimeouts timeouts =
                timeouts(Duration.ZERO, Duration.ZERO, HOUR, Duration.ZERO, Duration.ZERO);
        Played relay = new Played(start);
        relay.clientsTurn = false;
        assertNull(timeouts.expired(relay, relay.at(59)));
        assertEquals(SERVER_TIMEOUT, timeouts.expired(relay, relay.at(60)));
    }

    /** The client has finished at minute 10; both sides were silent from minute {@code quiet} on. */
    @ParameterizedTest
    @CsvSource({"0,10.5", "10,10.5", "20,20.5"})
    void aHalfClosedClientIsClosedAfterClientFinAlthoughTheTunnelMayLastAnHour(
            double quiet, double closed) {
        IdleTimeouts timeouts =
                timeouts(HALF_A_MINUTE, HALF_A_MINUTE, HOUR, HALF_A_MINUTE, Duration.ZERO);
        Played relay = new Played(-5);
        relay.clientHalfClosedAt = relay.at(10);
        relay.clientAt = relay.at(quiet);
        relay.serverAt = relay.at(quiet);
        assertNull(timeouts.expired(relay, relay.at(closed - 0.01)));
        assertEquals(
                TimeUnit.SECONDS.toNanos(6),
                timeouts.untilNextLookNanos(relay, relay.at(closed - 0.1)));
        assertEquals(CLIENT_TIMEOUT, timeouts.expired(relay, relay.at(closed)));
    }

    @ParameterizedTest
    @CsvSource({"0,10.5", "10,10.5", "20,20.5"})
    void aHalfClosedServerIsClosedAfterServerFin(double quiet, double closed) {
        IdleTimeouts timeouts = timeouts(HOUR, HOUR, Duration.ZERO, Duration.ZERO, HALF_A_MINUTE);
        Played relay = new Played(-5);
        relay.clientsTurn = false;
        relay.clientHalfClosedAt = relay.at(9);
        relay.serverHalfClosedAt = relay.at(10);
        relay.serverAt = relay.at(quiet);
        assertNull(timeouts.expired(relay, relay.at(closed - 0.01)));
        assertEquals(SERVER_TIMEOUT, timeouts.expired(relay, relay.at(closed)));
    }

    /** Also a fin timeout that is longer than the timeout that it takes the place of. */
    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MAX_VALUE - 1000})
    void aLongerFinTimeoutHoldsToo(long start) {
        IdleTimeouts timeouts = timeouts(HALF_A_MINUTE, HALF_A_MINUTE, Duration.ZERO, HOUR, HOUR);
        Played relay = new Played(start);
        relay.clientHalfClosedAt = relay.at(0);
        relay.serverHalfClosedAt = relay.at(0);
        assertNull(timeouts.expired(relay, relay.at(59)));
        assertEquals(CLIENT_TIMEOUT, timeouts.expired(relay, relay.at(60)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -7, Long.MAX_VALUE - 1000})
    void nobodyTimesOutWhileTheOtherHasItsTurn(long start) {
        IdleTimeouts timeouts =
                timeouts(HALF_A_MINUTE, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        Played relay = new Played(start);
        relay.clientsTurn = false;
        assertNull(timeouts.expired(relay, relay.at(60)));
        assertEquals(HALF_A_MINUTE.toNanos(), timeouts.untilNextLookNanos(relay, relay.at(60)));
    }
}
