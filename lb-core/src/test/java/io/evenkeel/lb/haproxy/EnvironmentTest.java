package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The variables that a file sets for itself. */
class EnvironmentTest {
    @Test
    void whatTheFileSetsGoesBeforeWhatTheProcessHas() {
        Environment environment = new Environment(Map.of("A", "a", "B", "b", "C", "c")::get);
        assertEquals("a", environment.get("A"));
        environment.set("A", "1");
        environment.unset("B");
        environment.unset("NONE");
        assertEquals("1", environment.get("A"));
        assertNull(environment.get("B"));
        environment.set("B", "2");
        environment.keepOnly(Set.of("B", "C"));
        assertNull(environment.get("A"));
        assertEquals("2", environment.get("B"));
        assertEquals("c", environment.get("C"));
        environment.keepOnly(Set.of("A"));
        environment.set("C", "3");
        assertNull(environment.get("A"));
        assertNull(environment.get("B"));
        assertEquals("3", environment.get("C"));
    }

    @Test
    void aLineSeesWhatTheLinesAboveItHaveSet() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        global
                            setenv HOST 192.0.2.1
                            presetenv HOST 192.0.2.2
                            presetenv NAME "is-$HOST"
                            setenv PORT 80
                            hard-stop-after 30s
                            close-spread-time 5s
                        listen l
                            bind :"$PORT"
                            server "$NAME" $HOST:81
                        global
                            setenv PORT 82
                        listen m
                            bind :"$PORT"
                            server s $HOST:81
                        """,
                        Map.of("PORT", "9")::get);
        assertEquals("[0.0.0.0:80, 0.0.0.0:82]", config.bindLines().keySet().toString());
        assertEquals(
                "[is-192.0.2.1 (192.0.2.1:81)]",
                config.proxy().backends().get(0).servers().toString());
        assertEquals(Duration.ofSeconds(30), config.hardStopAfter());
        assertEquals(Duration.ofSeconds(5), config.closeSpread());
    }
}
