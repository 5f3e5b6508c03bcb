package io.evenkeel.benchmarks.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfigReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the measurements read from others. */
class ParsingTest {
    @Test
    void thePausesOfTheCollectorAreTheLinesThatSayPause() {
        List<String> log =
                List.of(
                        "[0.010s][info][gc] Using G1",
                        "[1.2s][info][gc] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 100M->50M(1024M) 12.345ms",
                        "[1.3s][info][gc] GC(4) Concurrent Mark Cycle 40.000ms",
                        "[2.2s][info][gc] GC(5) Pause Full (System.gc()) 80M->60M(1024M) 150.000ms");
        assertEquals(List.of(12.345, 150.0), GcLog.pausesMillis(log));
    }

    @Test
    void theCpuTimeIsFoundWhateverAProcessIsCalled() {
        assertEquals(
                194 + 28,
                CpuClock.ticks(
                        "4711 (a) b (c)) S 1 4711 4711 0 -1 4194304 11 12 13 14 194 28 7 8 20 0 24 0 99"));
    }

    @Test
    void theLogsTellWhoIsUpAndWhoWasPromoted() {
        String log =
                """
                VI_1 went from INITIALIZE to BACKUP: started.
                VI_1 went from BACKUP to ACTIVE: no Active was heard.
                """;
        assertTrue(Product.EVENKEEL.isUp(log));
        assertEquals(1, Product.EVENKEEL.promotions(log));
        assertFalse(Product.EVENKEEL.isUp(""));
        assertEquals(
                2,
                Product.KEEPALIVED.promotions(
                        "(VI_1) Entering MASTER STATE\n(VI_1) Entering MASTER STATE\n"));
    }

    @Test
    void aPairIsWrittenActiveFirst() {
        assertEquals(Pair.TO_KEEPALIVED, Pair.parse("evenkeel:keepalived"));
        assertThrows(IllegalArgumentException.class, () -> Pair.parse("evenkeel"));
        assertThrows(IllegalArgumentException.class, () -> Pair.parse("evenkeel:frr"));
    }

    @Test
    void theConfigurationSaysWhatTheRoutersAre() {
        Routers routers = new Routers(255, 10);
        List<VirtualRouterConfig> read =
                KeepalivedConfigReader.read("two.conf", routers.configuration(2)).routers();
        assertEquals(255, read.size());
        assertEquals(255, read.get(254).virtualRouterId());
        assertEquals(90, read.get(254).priority());
        assertEquals(Duration.ofMillis(10).toNanos(), read.get(0).advertisementIntervalNanos());
        assertEquals(36.48, routers.activeDownMillis(), 0.01);
        assertEquals(2, routers.leaseSeconds());
        assertEquals(3, new Routers(1, 1_000).leaseSeconds());
    }
}
