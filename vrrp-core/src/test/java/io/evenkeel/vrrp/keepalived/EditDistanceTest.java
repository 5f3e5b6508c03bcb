package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters inserted, removed, replaced or swapped with their neighbour count one each, up to the limit. */
class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "priority, priority, 4, 0",
        "priority, prioritiy, 4, 1",
        "priority, prioriy, 4, 1",
        "priority, prioritx, 4, 1",
        "priority, prioirty, 4, 1",
        "priority, rpioirty, 4, 2",
        "priority, rpioirtx, 4, 3",
        "priority, xxxxxxxx, 4, 4",
        "priority, interface, 4, 4",
        "ab, ba, 2, 1",
        "abcd, badc, 3, 2",
        "a, abcde, 3, 3"
    })
    void distance(String left, String right, int limit, int distance) {
        assertEquals(distance, EditDistance.between(left, right, limit));
        assertEquals(distance, EditDistance.between(right, left, limit));
    }
}
