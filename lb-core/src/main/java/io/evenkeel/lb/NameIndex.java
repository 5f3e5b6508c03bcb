package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by host name and by the end of a host name: one pass over a name, from its end, hashes every end of it. Not to be
 * changed once it is in use; looking up allocates nothing.
 */
final class NameIndex {
    /** A pattern and the numbers that were added for it, ascending. */
    private static final class Entry {
        final NameCondition.Pattern pattern;
        final int hash;
        final @Nullable Entry next;
        int[] numbers;

        Entry(NameCondition.Pattern pattern, int hash, @Nullable Entry next, int number) {
            this.pattern = pattern;
            this.hash = hash;
            this.next = next;
            numbers = new int[] {number};
        }
    }

    private @Nullable Entry[] buckets = new @Nullable Entry[16];

    /** By length: whether there are suffixes that begin with a dot (1) and others (2). */
    private byte[] suffixLengths = {};

    private int size;

    /** Numbers must come in ascending order. */
    void add(NameCondition.Pattern pattern, int number) {
        String text = pattern.text();
        int hash = hash(text);
        Entry found = find(text, 0, hash, pattern.suffix());
        if (found != null) {
            int count = found.numbers.length;
            if (found.numbers[count - 1] != number) {
                found.numbers = Arrays.copyOf(found.numbers, count + 1);
                found.numbers[count] = number;
            }
            return;
        }
        if (++size > buckets.length) {
            grow();
        }
        int bucket = bucket(hash, pattern.suffix());
        buckets[bucket] = new Entry(pattern, hash, buckets[bucket], number);
        if (pattern.suffix()) {
            if (suffixLengths.length <= text.length()) {
                suffixLengths = Arrays.copyOf(suffixLengths, text.length() + 1);
            }
            suffixLengths[text.length()] |= text.charAt(0) == '.' ? 1 : 2;
        }
    }

    private void grow() {
        @Nullable Entry[] before = buckets;
        buckets = new @Nullable Entry[before.length * 2];
        for (Entry entry : before) {
            for (; entry != null; entry = entry.next) {
                int bucket = bucket(entry.hash, entry.pattern.suffix());
                Entry moved = new Entry(entry.pattern, entry.hash, buckets[bucket], 0);
                moved.numbers = entry.numbers;
                buckets[bucket] = moved;
            }
        }
    }

    /** The hash of a text, taken from its end. */
    private static int hash(String text) {
        int hash = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private int bucket(int hash, boolean suffix) {
        int mixed = (suffix ? ~hash : hash) * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & (buckets.length - 1);
    }

    private @Nullable Entry find(String name, int from, int hash, boolean suffix) {
        int length = name.length() - from;
        for (Entry at = buckets[bucket(hash, suffix)]; at != null; at = at.next) {
            NameCondition.Pattern pattern = at.pattern;
            if (at.hash == hash
                    && pattern.suffix() == suffix
                    && pattern.text().length() == length
                    && pattern.text().regionMatches(0, name, from, length)) {
                return at;
            }
        }
        return null;
    }

    private boolean mayBeSuffix(int length, char first) {
        return length < suffixLengths.length
                && (suffixLengths[length] & (first == '.' ? 1 : 2)) != 0;
    }

    boolean contains(String name) {
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = 31 * hash + name.charAt(i);
            if (mayBeSuffix(name.length() - i, name.charAt(i))
                    && find(name, i, hash, true) != null) {
                return true;
            }
        }
        return find(name, 0, hash, false) != null;
    }

    /** Has {@code rules} look at the numbers of every pattern that the name matches; returns its best. */
    int best(String name, RuleEntries rules, ConnectionFacts facts, int best) {
        int result = best;
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = 31 * hash + name.charAt(i);
            if (mayBeSuffix(name.length() - i, name.charAt(i))) {
                Entry found = find(name, i, hash, true);
                result = found == null ? result : rules.best(found.numbers, facts, result);
            }
        }
        Entry found = find(name, 0, hash, false);
        return found == null ? result : rules.best(found.numbers, facts, result);
    }
}
