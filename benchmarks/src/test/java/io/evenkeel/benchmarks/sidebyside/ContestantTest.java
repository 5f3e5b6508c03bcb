package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContestantTest {
    @Test
    void aFurtherOneIsANameAndACommandForTheShell() {
        Contestant contestant =
                Contestant.parse("serial=JAVA_OPTS=-XX:+UseSerialGC ./evenkeel run --haproxy {}");
        assertEquals("serial", contestant.name());
        assertEquals(
                List.of(
                        "/bin/sh",
                        "-c",
                        "JAVA_OPTS=-XX:+UseSerialGC ./evenkeel run --haproxy '/tmp/it'\\''s/x.cfg'"),
                contestant.shell(Path.of("/tmp/it's/x.cfg")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"./evenkeel run --haproxy {}", "x=./evenkeel run", "=run {}", "a b=run {}"})
    void whatIsNoNameAndCommandIsRefused(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Contestant.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains("NAME=COMMAND"), e.getMessage());
    }

    @Test
    void resultsDoNotSayWhereTheCheckoutIs() {
        Path home = Path.of("/somewhere");
        assertEquals(
                List.of(
                        "haproxy -f {}",
                        "haproxy -f {} with option splice-auto",
                        "nginx -c {}",
                        "./evenkeel run --haproxy {}"),
                Contestant.usual(home.resolve("evenkeel")).stream()
                        .map(contestant -> contestant.described(home))
                        .toList());
    }
}
