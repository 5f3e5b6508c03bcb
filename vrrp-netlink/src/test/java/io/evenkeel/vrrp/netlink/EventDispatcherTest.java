package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {
    @Test
    void closeRunsEverythingThatWasGivenBefore() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        EventDispatcher dispatcher = new EventDispatcher("test");
        dispatcher.start();
        IntStream.range(0, 1000).forEach(i -> dispatcher.execute(() -> seen.add(i)));
        dispatcher.close(60_000);
        assertEquals(IntStream.range(0, 1000).boxed().toList(), seen);
    }

    @Test
    void aFailingTaskDoesNotEndTheOthers() {
        AtomicInteger ran = new AtomicInteger();
        EventDispatcher dispatcher = new EventDispatcher("test");
        dispatcher.start();
        dispatcher.execute(
                () -> {
                    throw new IllegalStateException("thrown by the test, to be logged");
                });
        dispatcher.execute(ran::incrementAndGet);
        dispatcher.close(60_000);
        assertEquals(1, ran.get());
    }

    @Test
    void closingFromATaskDoesNotWaitForItself() {
        EventDispatcher dispatcher = new EventDispatcher("test");
        dispatcher.start();
        dispatcher.execute(() -> dispatcher.close(60_000));
        long started = System.nanoTime();
        dispatcher.close(30_000);
        assertTrue(System.nanoTime() - started < 20_000_000_000L);
    }

    @Test
    void anExecutorOfManyThreadsStillSeesOneTaskAtATimeInOrder() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            EventDispatcher.Serial serial = new EventDispatcher.Serial(pool);
            List<Integer> seen = new ArrayList<>();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            for (int i = 0; i < 1000; i++) {
                int number = i;
                serial.execute(
                        () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            seen.add(number);
                            inside.decrementAndGet();
                        });
            }
            CountDownLatch done = new CountDownLatch(1);
            serial.execute(done::countDown);
            assertTrue(done.await(60, TimeUnit.SECONDS));
            assertEquals(IntStream.range(0, 1000).boxed().toList(), seen);
            assertEquals(1, most.get());
        } finally {
            pool.shutdownNow();
        }
    }
}
