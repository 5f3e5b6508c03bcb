package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir private Path directory;

    @Test
    void theFileHasWhatWasMeasuredAndHow() throws IOException {
        Results results = Results.startedWith("haproxy", "haproxy-splice");
        results.noteContestant("haproxy", "haproxy -f {}");
        results.noteContestant("evenkeel", "./evenkeel run --haproxy {}");
        results.add(new Figure("evenkeel", Row.KEPT_ALIVE_64, 1, 41234.5678));
        results.add(new Figure("haproxy", Row.LATENCY_P99_9, 2, 0.000123456789));
        results.noteFailure("latency of nginx in round 1:\nA connection was closed.");
        Path file = directory.resolve("results/side-by-side.csv");
        results.write(file);
        assertEquals(
                """
                # reference: haproxy
                # reference for bulk: haproxy-splice
                # contestant haproxy: haproxy -f {}
                # contestant evenkeel: ./evenkeel run --haproxy {}
                # failure 1: latency of nginx in round 1: A connection was closed.
                contestant,row,round,value
                evenkeel,kept-alive-64,1,41234.6
                haproxy,latency-p99.9,2,0.000123457
                """,
                Files.readString(file));

        Results read = Results.read(file);
        assertEquals("haproxy", read.reference(Row.START));
        assertEquals("haproxy-splice", read.reference(Row.CPU_UP));
        assertEquals(List.of("haproxy", "evenkeel"), read.contestants());
        assertEquals("./evenkeel run --haproxy {}", read.command("evenkeel"));
        assertEquals(Map.of(1, 41234.6), read.values("evenkeel", Row.KEPT_ALIVE_64));
        assertEquals(
                List.of("latency of nginx in round 1: A connection was closed."), read.failures());
        read.write(directory.resolve("again.csv"));
        assertEquals(Files.readString(file), Files.readString(directory.resolve("again.csv")));
    }

    @Test
    void aLineThatIsSomethingElseIsNamed() throws IOException {
        Path file = directory.resolve("x.csv");
        Files.writeString(file, "contestant,row,round,value\nhaproxy,no-such-row,1,2\n");
        SideBySideException e = assertThrows(SideBySideException.class, () -> Results.read(file));
        assertTrue(
                e.getMessage()
                        .endsWith(
                                "x.csv:2: this is no line of side-by-side: haproxy,no-such-row,1,2"),
                e.getMessage());
    }
}
