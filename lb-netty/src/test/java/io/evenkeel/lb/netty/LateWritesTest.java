package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written late is written whatever becomes of other late writes. */
class LateWritesTest {
    /** A relay of a client that has sent something, to a server; ended by a bug as a session is. */
    private static final class Relayed implements StreamSocket.Listener, Relay.Listener {
        private final Relay relay;
        private final ScriptedSocket server;
        private final List<Throwable> bugs = new ArrayList<>();
        private boolean finished;

        Relayed(LoopContext context, String sent, @Nullable Error onWrite) {
            ScriptedSocket client = new ScriptedSocket(sent, this);
            server = new ScriptedSocket("", this);
            if (onWrite != null) {
                server.failingWith(onWrite);
            }
            relay = new Relay(context, client, server, this);
        }

        @Override
        public void onConnected(StreamSocket socket, @Nullable IOException failure) {}

        @Override
        public void onReady(StreamSocket socket) {
            relay.onReady(socket);
        }

        @Override
        public void onBug(Throwable bug) {
            bugs.add(bug);
            relay.stop();
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

    @Test
    void oneThatFailsWithAnErrorEndsItsSessionAndTheOthersAreWritten() throws Exception {
        Error error = new AssertionError("a bug");
        try (TestLoop loop = new TestLoop()) {
            List<Relayed> all =
                    loop.call(
                            () -> {
                                List<Relayed> made =
                                        List.of(
                                                new Relayed(loop.context(), "one", null),
                                                new Relayed(loop.context(), "two", error),
                                                new Relayed(loop.context(), "three", null));
                                made.forEach(one -> one.relay.start(null, false));
                                return made;
                            });
            Relayed later =
                    loop.call(
                            () -> {
                                Relayed one = new Relayed(loop.context(), "later", null);
                                one.relay.start(null, false);
                                return one;
                            });
            Await.until("the last is written", () -> loop.call(() -> later.finished));
            loop.call(
                    () -> {
                        assertEquals("one", all.get(0).server.written());
                        assertEquals("three", all.get(2).server.written());
                        assertEquals("later", later.server.written());
                        assertTrue(all.get(0).finished && all.get(2).finished);
                        assertSame(error, all.get(1).bugs.get(0));
                        assertEquals(1, all.get(1).bugs.size());
                        assertEquals(0, loop.context().chunks().heldBytes());
                        return null;
                    });
        }
    }
}
