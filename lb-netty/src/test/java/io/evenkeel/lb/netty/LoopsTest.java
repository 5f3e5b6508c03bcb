package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Event loops that cannot all be made; what is left of them is found out around the class. */
class LoopsTest {
    /** The system has no room for the second thread, and for others only when that has been tried. */
    private static final class Short implements ThreadFactory {
        private final List<Thread> made = new ArrayList<>();
        private boolean refused;

        @Override
        public Thread newThread(Runnable task) {
            if (made.size() == 1 && !refused) {
                refused = true;
                throw new OutOfMemoryError("unable to create native thread");
            }
            Thread thread = new Thread(task, "evenkeel-lb-test");
            made.add(thread);
            return thread;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAThreadForOneOfThemTheReasonIsToldAndAllEnd(Transport transport) throws Exception {
        Short threads = new Short();
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        Loops loops = new Loops(transport, 3, threads);
        ProxyStartException e =
                assertThrows(
                        ProxyStartException.class,
                        () ->
                                loops.start(
                                        allocator,
                                        new ByteBudget(1, loops.contexts()),
                                        new DescriptorShortage(
                                                new SafeObserver(ProxyObserver.NONE)),
                                        new TlsStore(TlsProvider.JDK, allocator, 1)));
        assertEquals(
                "The event loops could not be started, of which there are to be 3: unable to create"
                        + " native thread. Raise the limits of threads and descriptors (TasksMax and"
                        + " LimitNOFILE, ulimit -u and -n), or have fewer loops (nbthread, eventLoops).",
                e.getMessage());

        loops.onEach(context -> context.spare().close());
        loops.shutDown();
        for (Thread thread : threads.made) {
            thread.join(10_000);
            assertEquals(Thread.State.TERMINATED, thread.getState());
        }
    }
}
