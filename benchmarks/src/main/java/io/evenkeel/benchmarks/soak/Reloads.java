package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** Has the proxy take other configurations while it runs, and now and then one that it must not take. Used by one thread. */
final class Reloads {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What is in a file that must not be taken. */
    static final String ERROR = "frontend broken\n    bind 127.0.0.1:notaport\n";

    private static final String TAKEN = "the proxy is as the file says now";
    private static final String REFUSED = "nothing was changed";
    private static final String SAME = "the proxy stays as it is";

    private final Proxy proxy;
    private final Place place;
    private final Certificates certificates;
    private final Random random;
    private final Tally tally;
    private final Consumer<Mark.Kind> marks;
    private final Layout first;
    private Layout current;
    private long nextNanos;
    private volatile long lastNanos;

    Reloads(
            Proxy proxy,
            Place place,
            Certificates certificates,
            Layout first,
            Random random,
            Tally tally,
            Consumer<Mark.Kind> marks) {
        this.proxy = proxy;
        this.place = place;
        this.certificates = certificates;
        this.random = random;
        this.tally = tally;
        this.marks = marks;
        this.first = first;
        current = first;
        lastNanos = System.nanoTime();
        nextNanos = lastNanos + wait(random);
    }

    /** Does what is due. */
    void advance() throws IOException {
        if (System.nanoTime() - nextNanos < 0) {
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> {
                // The servers in it are others too, which would be seen.
                tell(file(current.next(random), ERROR), REFUSED, Mark.Kind.BROKEN);
                proxy.place(file(current, ""));
            }
            case 1 -> {
                certificates.damage();
                tell(file(current.next(random), ""), REFUSED, Mark.Kind.BROKEN);
                certificates.restore();
                proxy.place(file(current, ""));
            }
            case 2 -> {
                certificates.replace();
                tell(file(current, ""), SAME, Mark.Kind.CERTIFICATE);
                certificates.taken();
            }
            case 3, 4, 5 -> {
                certificates.replace();
                change(current.next(random));
                marks.accept(Mark.Kind.CERTIFICATE);
                certificates.taken();
            }
            default -> change(current.next(random));
        }
        nextNanos = System.nanoTime() + wait(random);
    }

    /** Back to the configuration of the beginning. */
    void end() throws IOException {
        if (!current.equals(first)) {
            change(first);
        }
    }

    private void change(Layout next) throws IOException {
        current = next;
        tell(file(next, ""), TAKEN, Mark.Kind.RELOAD);
        lastNanos = System.nanoTime();
    }

    private String file(Layout layout, String errorLine) {
        return HaproxyFile.of(layout, place, errorLine);
    }

    private void tell(String configuration, String expected, Mark.Kind mark) throws IOException {
        String answer = proxy.reload(configuration, LIMIT);
        marks.accept(mark);
        if (answer == null || !answer.contains(expected)) {
            tally.fail(
                    "SIGHUP was answered by "
                            + (answer == null ? "nothing" : "'" + answer + "'")
                            + " in place of '"
                            + expected
                            + "'");
        }
    }

    /** Whether the configuration changed after that time. */
    boolean since(long nanos) {
        return lastNanos - nanos > 0;
    }

    private static long wait(Random random) {
        return (long) ((7 + 6 * random.nextDouble()) * 1e9);
    }
}
