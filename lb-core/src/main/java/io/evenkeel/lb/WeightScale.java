package io.evenkeel.lb;

/**
 * What the configured weights of all servers of a backend have in common. A table that is built by it depends neither on which of
 * them are usable nor on what the others weigh now.
 *
 * @param divisor the greatest common divisor
 * @param greatest the greatest weight
 */
record WeightScale(int divisor, int greatest) {
    /** Of weights of 0 and more; 1 and 1 if there is none above 0. */
    static WeightScale of(int... weights) {
        int divisor = 0;
        int greatest = 0;
        for (int weight : weights) {
            divisor = gcd(divisor, weight);
            greatest = Math.max(greatest, weight);
        }
        return new WeightScale(Math.max(1, divisor), Math.max(1, greatest));
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
