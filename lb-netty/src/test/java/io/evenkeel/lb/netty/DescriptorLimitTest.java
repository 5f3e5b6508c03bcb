package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorLimitTest {
    @ParameterizedTest
    @CsvSource({
        "1024, 102, 2, 445",
        "1024, 102, 4, 222",
        "1048576, 40, 2, 524252",
        "64, 60, 2, 1",
        "9223372036854775807, 0, 2, 2147483647",
    })
    void thoseThatAreLeftAreDivided(long limit, long taken, int perConnection, int expected) {
        assertEquals(expected, DescriptorLimit.connections(limit, taken, perConnection));
    }

    @Test
    void theLimitOfThisProcessIsFound() {
        assumeTrue(Files.exists(Path.of("/proc/self/limits")));
        assertTrue(DescriptorLimit.connections(Transport.best(), 0) > 0);
    }
}
