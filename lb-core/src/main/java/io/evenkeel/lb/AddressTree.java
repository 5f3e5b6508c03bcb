package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by address block: a binary tree of the blocks' bits in which nodes with one child are left out (Morrison 1968), so a
 * lookup visits as many nodes as there are blocks within each other, and a few more. Not to be changed once it is in use;
 * looking up allocates nothing.
 */
final class AddressTree {
    private static final int[] NONE = {};

    /** A block and the numbers that were added for it, ascending. The block's parts are here again, to be near at hand. */
    private static final class Node {
        final AddressBlock block;
        final long high;
        final long low;
        final long highMask;
        final long lowMask;
        final int length;

        /** The least number of this node and those below it. */
        final int least;

        int[] numbers = NONE;
        @Nullable Node zero;
        @Nullable Node one;

        Node(AddressBlock block, int least) {
            this.block = block;
            this.least = least;
            high = block.high();
            low = block.low();
            length = block.length();
            highMask = AddressBlock.highMask(length);
            lowMask = AddressBlock.lowMask(length);
        }

        boolean contains(long otherHigh, long otherLow) {
            return (otherHigh & highMask) == high && (otherLow & lowMask) == low;
        }

        @Nullable Node below(long otherHigh, long otherLow) {
            return length == 128 ? null : child(bit(otherHigh, otherLow, length));
        }

        @Nullable Node child(boolean bit) {
            return bit ? one : zero;
        }

        void setChild(boolean bit, Node child) {
            if (bit) {
                one = child;
            } else {
                zero = child;
            }
        }
    }

    private @Nullable Node root;

    /** Numbers must come in ascending order. */
    void add(AddressBlock block, int number) {
        Node node = node(block, number);
        int count = node.numbers.length;
        if (count == 0 || node.numbers[count - 1] != number) {
            node.numbers = Arrays.copyOf(node.numbers, count + 1);
            node.numbers[count] = number;
        }
    }

    private Node node(AddressBlock block, int number) {
        Node parent = null;
        Node at = root;
        while (at != null) {
            int common = common(at.block, block);
            if (common < at.block.length()) {
                return insert(block, number, parent, at, common);
            }
            if (at.block.length() == block.length()) {
                return at;
            }
            parent = at;
            at = at.child(bit(block, at.block.length()));
        }
        Node fresh = new Node(block, number);
        replace(parent, block, fresh);
        return fresh;
    }

    /** A node for {@code block} above {@code at} or, where their bits part, beside it. What is there has lesser numbers. */
    private Node insert(
            AddressBlock block, int number, @Nullable Node parent, Node at, int common) {
        if (common == block.length()) {
            Node above = new Node(block, at.least);
            above.setChild(bit(at.block, common), at);
            replace(parent, block, above);
            return above;
        }
        Node beside = new Node(block, number);
        Node fork = new Node(new AddressBlock(block.high(), block.low(), common), at.least);
        fork.setChild(bit(at.block, common), at);
        fork.setChild(bit(block, common), beside);
        replace(parent, block, fork);
        return beside;
    }

    private void replace(@Nullable Node parent, AddressBlock path, Node node) {
        if (parent == null) {
            root = node;
        } else {
            parent.setChild(bit(path, parent.block.length()), node);
        }
    }

    /** How many bits both begin with, at most the shorter length. */
    private static int common(AddressBlock one, AddressBlock other) {
        int bits = Long.numberOfLeadingZeros(one.high() ^ other.high());
        if (bits == 64) {
            bits += Long.numberOfLeadingZeros(one.low() ^ other.low());
        }
        return Math.min(bits, Math.min(one.length(), other.length()));
    }

    private static boolean bit(AddressBlock block, int index) {
        return bit(block.high(), block.low(), index);
    }

    private static boolean bit(long high, long low, int index) {
        return index < 64 ? (high << index) < 0 : (low << (index - 64)) < 0;
    }

    boolean contains(long high, long low) {
        for (Node at = root; at != null && at.contains(high, low); at = at.below(high, low)) {
            if (at.numbers.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Has {@code rules} look at the numbers of every block with this address; returns its best. */
    int best(long high, long low, RuleEntries rules, ConnectionFacts facts, int best) {
        int result = best;
        for (Node at = root; at != null && at.contains(high, low); at = at.below(high, low)) {
            if (rules.isBeaten(at.least, result)) {
                break;
            }
            if (at.numbers.length > 0) {
                result = rules.best(at.numbers, facts, result);
            }
        }
        return result;
    }
}
