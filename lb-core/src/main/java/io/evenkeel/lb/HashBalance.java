package io.evenkeel.lb;

/**
 * By a hash of a key.
 *
 * @param percent of its share that a server may have, or 0 for no bound
 */
record HashBalance(Table table, BalanceKey key, int percent) implements Balance {
    /** How the servers share the hashes. */
    enum Table {
        MAP("map"),
        RING("ring"),
        MAGLEV("maglev"),
        LARGE_MAGLEV("large-maglev"),
        RENDEZVOUS("rendezvous");

        private final String word;

        Table(String word) {
            this.word = word;
        }
    }

    HashBalance {
        if (key == BalanceKey.NONE) {
            throw new IllegalArgumentException("A hash is of something: say which key");
        }
        if (percent != 0 && percent <= 100) {
            throw new IllegalArgumentException(
                    "A server has at least its share, so the bound is above 100 percent, not "
                            + percent);
        }
    }

    @Override
    public boolean hasHome() {
        return percent == 0;
    }

    @Override
    public boolean countsConnections() {
        return percent != 0;
    }

    @Override
    public String keyword() {
        String word = table == Table.MAP && key == BalanceKey.SOURCE ? "source" : table.word;
        return percent == 0 ? word : word + " " + percent;
    }

    @Override
    public Selector selector(Candidates candidates) {
        return switch (table) {
            case MAP -> new HashMapped(candidates);
            case RING -> new HashRing(candidates, percent);
            case MAGLEV -> new Maglev(candidates, Maglev.SMALL);
            case LARGE_MAGLEV -> new Maglev(candidates, Maglev.LARGE);
            case RENDEZVOUS -> new Rendezvous(candidates);
        };
    }
}
