package io.evenkeel.examples.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogTest {
    private static final long SEED = 20_261_126L;
    private static final long YEAR_2100 = 4_102_444_800_000L;

    @Test
    void timesAreWrittenAsTheJdkWritesThem() {
        Random random = new Random(SEED);
        for (String zone : List.of("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu")) {
            TimeZone place = TimeZone.getTimeZone(zone);
            SimpleDateFormat jdk =
                    new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
            jdk.setTimeZone(place);
            for (int i = 0; i < 500; i++) {
                long millis = (long) (random.nextDouble() * YEAR_2100);
                StringBuilder ours = new StringBuilder();
                LogTime.append(ours, millis, place.getOffset(millis));
                assertEquals(
                        jdk.format(new Date(millis)),
                        ours.toString(),
                        "seed " + SEED + ", " + zone + ", " + millis);
            }
        }
    }

    @Test
    void theLongestNameThatHasALevelCounts() {
        Map<String, String> properties =
                Map.of(
                        "evenkeel.log.sessions",
                        "debug",
                        "evenkeel.log.io.netty.handler",
                        "ERROR",
                        "evenkeel.log.io.netty.util",
                        "loud");

        assertEquals(Level.INFO, LogLevels.of("servers", properties::get));
        assertEquals(Level.DEBUG, LogLevels.of("sessions", properties::get));
        assertEquals(Level.WARN, LogLevels.of("io.netty.channel.Channel", properties::get));
        assertEquals(Level.ERROR, LogLevels.of("io.netty.handler.ssl.Ssl", properties::get));
        assertEquals(Level.WARN, LogLevels.of("io.netty.util.Recycler", properties::get));
        assertEquals(Level.ERROR, LogLevels.of("io.lettuce.core.Client", properties::get));
    }

    @Test
    void slf4jFindsTheseLoggersAndNoOthers() {
        LineLogger logger =
                assertInstanceOf(LineLogger.class, LoggerFactory.getLogger("io.netty.X"));

        assertSame(logger, LoggerFactory.getLogger("io.netty.X"));
        assertTrue(logger.isWarnEnabled());
        assertFalse(logger.isInfoEnabled());
    }
}
