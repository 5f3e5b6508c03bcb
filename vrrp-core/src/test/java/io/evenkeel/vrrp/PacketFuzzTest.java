package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A short run of the fuzz target without a fuzzer, so that the target stays sound between long runs. */
class PacketFuzzTest {

    private static final int INPUTS = 60;

    @Test
    void theSeedsAndWhatGrowsOutOfThemDoNoHarm() {
        long seed = 20261201;
        Random random = new Random(seed);
        List<byte[]> seeds = List.copyOf(FuzzSeeds.all().values());
        long before = PacketFuzz.packetsRead();
        seeds.forEach(PacketFuzz::fuzzerTestOneInput);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = random.nextInt(6); changes > 0; changes--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            try {
                PacketFuzz.fuzzerTestOneInput(input);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", input " + i + ": " + e.getMessage(), e);
            }
        }
        assertTrue(PacketFuzz.packetsRead() - before >= INPUTS * FuzzedPackets.PACKETS);
        for (String line : PacketFuzz.tally().lines().skip(1).toList()) {
            assertTrue(!line.endsWith(" 0"), "Nothing of this was tried: " + line);
        }
    }
}
