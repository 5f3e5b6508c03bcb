package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayDeque;

/**
 * Who has had its turn and is not done yet goes on when the loop has looked at its sockets. The loop runs its tasks until there are none, for up
 * to a second: one that would ask to be executed again, as long as it finds something to do, had all sockets wait for it.
 */
final class NextTurn {
    /** After so much of it the sockets are looked at again, however many wait; a step by itself takes about as long. */
    private static final long SHARE_NANOS = 200_000;

    private final SingleThreadEventLoop loop;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Runnable atTheEndOfTheTurn = this::ask;
    private final Runnable inTheNextTurn = this::run;
    private boolean asked;

    NextTurn(IoEventLoop loop) {
        // As all of Netty's own are.
        this.loop = (SingleThreadEventLoop) loop;
    }

    /** Runs that in the next turn, once; on the loop. */
    void add(Runnable step) {
        waiting.addLast(step);
        comeBack();
    }

    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    private void comeBack() {
        if (!asked) {
            asked = true;
            loop.executeAfterEventLoopIteration(atTheEndOfTheTurn);
        }
    }

    private void ask() {
        loop.execute(inTheNextTurn);
    }

    private void run() {
        asked = false;
        long start = System.nanoTime();
        try {
            // Those that are added meanwhile come after another look at the sockets.
            for (int i = waiting.size(); i > 0 && System.nanoTime() - start < SHARE_NANOS; i--) {
                waiting.removeFirst().run();
            }
        } finally {
            if (!waiting.isEmpty()) {
                comeBack();
            }
        }
    }
}
