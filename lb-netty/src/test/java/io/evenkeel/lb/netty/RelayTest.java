package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class RelayTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final IdleTimeouts FIN_TIMEOUTS = new IdleTimeouts(0, 0, MINUTE, 2 * MINUTE);

    private boolean finished;

    private final class Ends implements StreamSocket.Listener, Relay.Listener {
        @Override
        public void onConnected(StreamSocket socket, @Nullable IOException failure) {}

        @Override
        public void onReady(StreamSocket socket) {}

        @Override
        public void onBug(Throwable bug) {
            throw new AssertionError(bug);
        }

        @Override
        public void onHalfClosed() {}

        @Override
        public void onFinished() {
            finished = true;
        }

        @Override
        public void onReset(StreamSocket brokenSide) {}
    }

    /** Both sides have sent all that they have, and their end. */
    private Relay start(TestLoop loop, boolean clientTakesEnd, boolean serverTakesEnd)
            throws Exception {
        Ends ends = new Ends();
        ScriptedSocket client = new ScriptedSocket("", ends);
        ScriptedSocket server = new ScriptedSocket("", ends);
        if (!clientTakesEnd) {
            client.thatDoesNotTakeTheEnd();
        }
        if (!serverTakesEnd) {
            server.thatDoesNotTakeTheEnd();
        }
        return loop.call(
                () -> {
                    Relay relay = new Relay(loop.context(), client, server, ends);
                    relay.start(null, false);
                    return relay;
                });
    }

    @Test
    void aClientThatDoesNotTakeTheEndOfTheStreamIsUnderItsFinTimeout() throws Exception {
        try (TestLoop loop = new TestLoop()) {
            Relay relay = start(loop, false, true);
            assertFalse(finished);
            assertTrue(relay.isWaitingForClient());
            assertFalse(relay.isWaitingForServer());
            long now = System.nanoTime();
            assertNull(FIN_TIMEOUTS.expired(relay, now));
            assertEquals(
                    TerminationCause.CLIENT_TIMEOUT, FIN_TIMEOUTS.expired(relay, now + MINUTE));
        }
    }

    @Test
    void aServerThatDoesNotTakeItIsUnderItsOwn() throws Exception {
        try (TestLoop loop = new TestLoop()) {
            Relay relay = start(loop, true, false);
            assertFalse(finished);
            assertTrue(relay.isWaitingForServer());
            assertFalse(relay.isWaitingForClient());
            long now = System.nanoTime();
            assertNull(FIN_TIMEOUTS.expired(relay, now + MINUTE));
            assertEquals(
                    TerminationCause.SERVER_TIMEOUT, FIN_TIMEOUTS.expired(relay, now + 2 * MINUTE));
        }
    }

    @Test
    void whereBothTakeItTheRelayHasFinished() throws Exception {
        try (TestLoop loop = new TestLoop()) {
            Relay relay = start(loop, true, true);
            assertTrue(finished);
            assertFalse(relay.isWaitingForClient());
            assertFalse(relay.isWaitingForServer());
        }
    }
}
