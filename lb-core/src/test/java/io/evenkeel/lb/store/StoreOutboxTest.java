package io.evenkeel.lb.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickUpdate;
import io.evenkeel.lb.StickVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for the store: the newest of each key, in the order in which the store fell behind. */
class StoreOutboxTest {
    private final StoreOutbox outbox = new StoreOutbox(3);
    private long number;

    private static StickUpdate update(int key, long clock) {
        return new StickUpdate(
                StickUpdate.Kind.SERVER,
                StickKey.parse(StickKeyType.integer(), Integer.toString(key)),
                new StickVersion(clock, "lb1"),
                "s",
                Map.of(),
                5);
    }

    private List<String> takeAll() {
        List<String> taken = new ArrayList<>();
        StoreOutbox.Waiting next;
        while ((next = outbox.take(++number)) != null) {
            taken.add(next.update().key() + "@" + next.update().version().clock());
        }
        return taken;
    }

    @Test
    void ofEachKeyTheNewestWaitsInThePlaceOfTheFirst() {
        outbox.add(update(1, 10), 0);
        outbox.add(update(2, 11), 1);
        outbox.add(update(1, 13), 2);
        outbox.add(update(1, 12), 3);
        assertEquals(2, outbox.size());
        assertEquals(100, outbox.oldestNanos(100));
        assertEquals(List.of("1@13", "2@11"), takeAll());
    }

    @Test
    void anAgeGoesOnWhileItWaits() {
        outbox.add(update(1, 10), 100);
        StoreOutbox.Waiting taken = outbox.take(1);
        assertEquals(5 + 50, taken == null ? 0 : taken.ageNanos(150));
    }

    @Test
    void whatIsUnderwayCountsUntilItIsConfirmed() {
        outbox.add(update(1, 10), 0);
        assertEquals(List.of("1@10"), takeAll());
        assertEquals(1, outbox.size());
        assertEquals(1, outbox.underway());
        assertEquals(50, outbox.oldestNanos(50));
        outbox.add(update(1, 11), 60);
        outbox.confirm(1);
        assertEquals(1, outbox.size());
        assertEquals(10, outbox.oldestNanos(70));
        assertEquals(List.of("1@11"), takeAll());
        outbox.confirm(3);
        assertEquals(0, outbox.size());
        assertEquals(0, outbox.oldestNanos(80));
        assertNull(outbox.take(9));
    }

    @Test
    void whatNobodyKnowsTheFateOfWaitsAgainUnlessThereIsANewerOne() {
        outbox.add(update(1, 10), 0);
        outbox.add(update(2, 11), 1);
        takeAll();
        outbox.add(update(2, 12), 2);
        outbox.bringBack();
        assertEquals(0, outbox.underway());
        assertEquals(100, outbox.oldestNanos(100));
        assertEquals(List.of("1@10", "2@12"), takeAll());
    }

    @Test
    void theOldestGoesWhenThereAreTooManyAndThatIsKnown() {
        for (int key = 1; key <= 3; key++) {
            outbox.add(update(key, key), key);
        }
        assertFalse(outbox.takeOverflow());
        outbox.add(update(4, 4), 4);
        assertEquals(List.of("2@2", "3@3", "4@4"), takeAll());
        assertTrue(outbox.takeOverflow());
        assertFalse(outbox.takeOverflow());
    }
}
