package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** In which order observers hear of shortages that loops meet at the same time. */
class DescriptorShortageNewsTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch endIsTold = new CountDownLatch(1);
    private final CountDownLatch another = new CountDownLatch(1);

    private final class Listener implements ProxyObserver {
        @Override
        public void onDescriptorShortage(boolean begins, String cause) {
            if (!begins && told.size() == 1) {
                endIsTold.countDown();
                Await.quietly(another);
            }
            told.add(begins ? cause : "over");
        }
    }

    /** Or whoever listens would hold it for over as long as it lasts. */
    @Test
    void oneThatBeginsWhileTheEndOfAnotherIsToldIsToldAfterIt() throws Exception {
        DescriptorShortage shortage = new DescriptorShortage(new SafeObserver(new Listener()));
        try (TestLoop first = new TestLoop();
                TestLoop second = new TestLoop()) {
            record(shortage, first, "one");
            Await.quietly(endIsTold);
            record(shortage, second, "two");
            another.countDown();
            Await.until("all is told", () -> told.size() == 4);
            assertEquals(List.of("one: none left", "over", "two: none left", "over"), told);
        }
    }

    private static void record(DescriptorShortage shortage, TestLoop loop, String what)
            throws Exception {
        loop.call(
                () -> {
                    shortage.record(loop.context().loop(), what, new IOException("none left"));
                    return null;
                });
    }
}
