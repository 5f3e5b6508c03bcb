package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by host name and by the end of a host name. Names are found by their hash; ends by one that is taken from the end of
 * the name on, so that one pass has those of all its ends. Not to be changed once it is in use; looking up allocates nothing.
 */
final class NameIndex {
    /** A pattern and the numbers that were added for it, ascending. */
    private static final class Entry {
        final String text;
        final boolean suffix;
        final int hash;
        @Nullable Entry next;
        int[] numbers;

        Entry(NameCondition.Pattern pattern, int hash, int number) {
            text = pattern.text();
            suffix = pattern.suffix();
            this.hash = hash;
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
        int hash = pattern.suffix() ? hashFromEnd(text) : text.hashCode();
        Entry found = pattern.suffix() ? suffix(text, 0, hash) : name(text);
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
        put(new Entry(pattern, hash, number));
        if (pattern.suffix()) {
            if (suffixLengths.length <= text.length()) {
                suffixLengths = Arrays.copyOf(suffixLengths, text.length() + 1);
            }
            int form = text.charAt(0) == '.' ? 1 : 2;
            suffixLengths[text.length()] = (byte) (suffixLengths[text.length()] | form);
        }
    }

    private void put(Entry entry) {
        int bucket = bucket(entry.hash);
        entry.next = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void grow() {
        @Nullable Entry[] before = buckets;
        buckets = new @Nullable Entry[before.length * 2];
        for (Entry entry : before) {
            while (entry != null) {
                Entry next = entry.next;
                put(entry);
                entry = next;
            }
        }
    }

    private static int hashFromEnd(String text) {
        int hash = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private int bucket(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & (buckets.length - 1);
    }

    private @Nullable Entry name(String name) {
        int hash = name.hashCode();
        for (Entry at = buckets[bucket(hash)]; at != null; at = at.next) {
            if (at.hash == hash && !at.suffix && at.text.equals(name)) {
                return at;
            }
        }
        return null;
    }

    private @Nullable Entry suffix(String name, int from, int hash) {
        int length = name.length() - from;
        for (Entry at = buckets[bucket(hash)]; at != null; at = at.next) {
            if (at.hash == hash
                    && at.suffix
                    && at.text.length() == length
                    && at.text.regionMatches(0, name, from, length)) {
                return at;
            }
        }
        return null;
    }

    private boolean mayBeSuffix(int length, char first) {
        return (suffixLengths[length] & (first == '.' ? 1 : 2)) != 0;
    }

    boolean contains(String name) {
        int hash = 0;
        int most = Math.min(name.length(), suffixLengths.length - 1);
        for (int length = 1; length <= most; length++) {
            int from = name.length() - length;
            char first = name.charAt(from);
            hash = 31 * hash + first;
            if (mayBeSuffix(length, first) && suffix(name, from, hash) != null) {
                return true;
            }
        }
        return name(name) != null;
    }

    /** Has {@code rules} look at the numbers of every pattern that the name matches; returns its best. */
    int best(String name, RuleEntries rules, ConnectionFacts facts, int best) {
        int result = best;
        int hash = 0;
        int most = Math.min(name.length(), suffixLengths.length - 1);
        for (int length = 1; length <= most; length++) {
            int from = name.length() - length;
            char first = name.charAt(from);
            hash = 31 * hash + first;
            if (mayBeSuffix(length, first)) {
                Entry found = suffix(name, from, hash);
                result = found == null ? result : rules.best(found.numbers, facts, result);
            }
        }
        Entry found = name(name);
        return found == null ? result : rules.best(found.numbers, facts, result);
    }
}
