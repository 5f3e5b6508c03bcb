package io.evenkeel.benchmarks.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row ROW = Row.of("takeover", Unit.MILLIS, Samples.of(1, 2, 60));

    @Test
    void isHeldToAPercentileOrToEverySample() {
        assertEquals("MISSED", ROW.within(Row.Target.p99(50)).verdict());
        assertEquals("ok", ROW.within(Row.Target.always(60)).verdict());
        assertEquals("p99 <= 50.0", ROW.within(Row.Target.p99(50)).targetText());
        assertEquals("<= 60.0", ROW.within(Row.Target.always(60)).targetText());
    }

    @Test
    void aRowForComparisonHasNoVerdict() {
        assertNull(ROW.isMet());
        assertEquals("", ROW.verdict());
    }

    @Test
    void whatNeverCameMissesItsTarget() {
        Row row = Row.of("takeover", Unit.MILLIS, new Samples(List.of(1.0), 1));
        assertEquals("MISSED", row.within(Row.Target.always(50)).verdict());
    }

    @Test
    void theTablesShowIt() {
        List<Row> rows = List.of(ROW.within(Row.Target.p99(50)));
        assertEquals(
                """
                name: what
                                    n       p50       p90       p99       max  target
                  takeover, ms      3       2.0      60.0      60.0      60.0  p99 <= 50.0    MISSED
                """,
                Table.plain("name: what", rows));
        assertEquals(
                "name,\"takeover\",ms,3,2.0,60.0,60.0,60.0,p99 <= 50.0,MISSED\n",
                Table.csv("name", rows));
    }
}
