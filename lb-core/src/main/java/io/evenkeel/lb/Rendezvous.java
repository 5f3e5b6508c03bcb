package io.evenkeel.lb;

/**
 * The server whose hash together with the key is the highest (Thaler and Ravishankar 1998), by weight as {@code -weight / ln(hash)}
 * (Schindelhauer and Schomaker 2005): exactly the keys of a server that goes move, each to the next of its own order. Each choice asks
 * all servers.
 */
final class Rendezvous implements Selector {
    private static final double TWO_TO_THE_53 = 1L << 53;

    private final long[] names;
    private final double[] shares;
    private final boolean equal;
    private final long seed;

    Rendezvous(Candidates candidates) {
        seed = candidates.seed();
        shares = candidates.shares();
        equal = candidates.hasEqualWeights();
        names = new long[candidates.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = Hash64.of(candidates.server(i).name(), seed);
        }
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        long hash = Hash64.of(key, seed);
        double bound = Double.POSITIVE_INFINITY;
        for (int offers = 0; offers < names.length; offers++) {
            int best = NONE;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < names.length; i++) {
                double score = score(i, hash);
                if (score > most && score < bound) {
                    most = score;
                    best = i;
                }
            }
            if (best == NONE) {
                break;
            }
            if (offer.take(best)) {
                return best;
            }
            bound = most;
        }
        return offer.takeFrom(0, names.length);
    }

    private double score(int index, long hash) {
        long mixed = Hash64.of(hash, names[index]) >>> 11;
        // Half a step up, so that it is neither 0 nor 1.
        double even = (mixed + 0.5) / TWO_TO_THE_53;
        return equal ? even : -1 / (shares[index] * Math.log(even));
    }
}
