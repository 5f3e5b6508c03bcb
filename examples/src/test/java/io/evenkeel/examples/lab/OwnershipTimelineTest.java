package io.evenkeel.examples.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.examples.lab.OwnershipTimeline.Change;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnershipTimelineTest {
    private final OwnershipTimeline timeline =
            new OwnershipTimeline(
                    List.of(
                            new Change(0, Set.of("a")),
                            new Change(100, Set.of()),
                            new Change(130, Set.of("b")),
                            new Change(200, Set.of("a", "b")),
                            new Change(205, Set.of("a"))));

    @Test
    void addsUpTheTimeWithTwoOwners() {
        assertEquals(5, timeline.nanosWithOwners(2, 0, 1_000));
        assertEquals(3, timeline.nanosWithOwners(2, 202, 1_000));
        assertEquals(2, timeline.nanosWithOwners(2, 0, 202));
        assertEquals(0, timeline.nanosWithOwners(2, 205, 1_000));
    }

    @Test
    void addsUpTheTimeWithoutOwner() {
        assertEquals(30, timeline.nanosUnowned(0, 1_000));
        assertEquals(10, timeline.nanosUnowned(110, 120));
        assertEquals(0, timeline.nanosUnowned(130, 1_000));
    }

    @Test
    void theLastOwnersHoldOn() {
        assertEquals(795, timeline.nanosWithOwners(1, 205, 1_000));
    }
}
