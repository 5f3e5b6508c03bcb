package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How connections are divided over priorities, as Envoy does it: the servers of a priority can do {@code overprovision / 100} times the
 * share of those that are well, at most all; the next priority gets the rest. If all together cannot do all, they share alike.
 */
final class TierShares {
    private final double[] upTo;
    private final boolean byKey;
    private final long seed;
    private final Chance chance;

    private TierShares(double[] upTo, boolean byKey, long seed, Chance chance) {
        this.upTo = upTo;
        this.byKey = byKey;
        this.seed = seed;
        this.chance = chance;
    }

    /**
     * @param well by descending priority, how many of the servers may be picked
     * @param all how many there are
     * @param byKey whether the choice follows from the connection
     * @param previous whose chance goes on
     */
    static TierShares of(
            int[] well,
            int[] all,
            int overprovisionPercent,
            boolean byKey,
            long seed,
            @Nullable TierShares previous) {
        double[] can = new double[well.length];
        double sum = 0;
        for (int i = 0; i < can.length; i++) {
            can[i] = Math.min(1, well[i] * (overprovisionPercent / 100.0) / all[i]);
            sum += can[i];
        }
        double[] upTo = new double[well.length];
        double given = 0;
        for (int i = 0; i < can.length; i++) {
            double share = sum < 1 ? can[i] / sum : Math.min(can[i], 1 - given);
            given += share;
            upTo[i] = given;
        }
        return new TierShares(
                upTo, byKey, seed, previous == null ? new Chance(seed) : previous.chance);
    }

    /** Of the tier of that index, 0 to 1. */
    double share(int tier) {
        return tier == 0 ? upTo[0] : upTo[tier] - upTo[tier - 1];
    }

    /** The index of a tier: by the key, or by chance. */
    int draw(long key) {
        long hash = byKey ? Hash64.of(key, ~seed) : chance.next();
        double point = (hash >>> 11) * 0x1p-53;
        for (int i = 0; i < upTo.length - 1; i++) {
            if (point < upTo[i]) {
                return i;
            }
        }
        return upTo.length - 1;
    }

    @Override
    public String toString() {
        return Arrays.toString(upTo);
    }
}
