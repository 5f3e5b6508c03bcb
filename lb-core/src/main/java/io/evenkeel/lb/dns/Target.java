package io.evenkeel.lb.dns;

import java.util.Comparator;

/** Where an SRV record points to: what a server of a service is known by. */
record Target(String host, int port) implements Comparable<Target> {
    private static final Comparator<Target> ORDER =
            Comparator.comparing(Target::host).thenComparing(Target::port);

    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
