package io.evenkeel.benchmarks.failover;

/** Who is Active and who is its Backup. */
record Pair(Product active, Product backup) {
    static final Pair EVENKEEL = new Pair(Product.EVENKEEL, Product.EVENKEEL);
    static final Pair TO_KEEPALIVED = new Pair(Product.EVENKEEL, Product.KEEPALIVED);
    static final Pair TO_EVENKEEL = new Pair(Product.KEEPALIVED, Product.EVENKEEL);
    static final Pair KEEPALIVED = new Pair(Product.KEEPALIVED, Product.KEEPALIVED);

    /** Reads {@code evenkeel:keepalived}, the Active first. */
    static Pair parse(String text) {
        String[] names = text.split(":", -1);
        if (names.length != 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no pair; write ACTIVE:BACKUP, such as evenkeel:keepalived.");
        }
        return new Pair(Product.parse(names[0]), Product.parse(names[1]));
    }

    @Override
    public String toString() {
        return active + " -> " + backup;
    }
}
