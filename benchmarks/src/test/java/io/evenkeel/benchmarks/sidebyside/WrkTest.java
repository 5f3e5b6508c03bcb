package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrkTest {
    /** As wrk 4.1 prints it. */
    private static String output(int requests, String errors) {
        return """
                Running 4s test @ http://127.70.2.1:8000/
                  1 threads and 64 connections
                  Thread Stats   Avg      Stdev     Max   +/- Stdev
                    Latency     1.60ms  401.11us   9.72ms   83.25%%
                    Req/Sec    40.15k     2.02k   43.55k    72.50%%
                  %d requests in 4.00s, 23.54MB read
                %sRequests/sec:  39920.13
                Transfer/sec:      5.88MB
                """
                .formatted(requests, errors);
    }

    @Test
    void requestsAndTheirRateAreRead() {
        assertEquals(new Wrk(159707, 39920.13), Wrk.parse(output(159707, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Socket errors: connect 0, read 12, write 0, timeout 0",
                "Socket errors: connect 0, read 0, write 0, timeout 3",
                "Non-2xx or 3xx responses: 1"
            })
    void whereARequestFailedThereIsNoFigure(String errors) {
        SideBySideException e =
                assertThrows(
                        SideBySideException.class,
                        () -> Wrk.parse(output(100, "  " + errors + "\n")));
        assertTrue(e.getMessage().endsWith(errors), e.getMessage());
    }

    @Test
    void whereNoRequestWasAnsweredThereIsNoFigure() {
        assertThrows(SideBySideException.class, () -> Wrk.parse(output(0, "")));
        assertThrows(SideBySideException.class, () -> Wrk.parse(""));
    }
}
