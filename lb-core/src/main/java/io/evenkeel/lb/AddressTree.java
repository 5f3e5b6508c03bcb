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

    /** A block and the numbers that were added for it, ascending. */
    private static final class Node {
        final AddressBlock block;
        int[] numbers = NONE;
        @Nullable Node zero;
        @Nullable Node one;

        Node(AddressBlock block) {
            this.block = block;
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
        Node node = node(block);
        int count = node.numbers.length;
        if (count == 0 || node.numbers[count - 1] != number) {
            node.numbers = Arrays.copyOf(node.numbers, count + 1);
            node.numbers[count] = number;
        }
    }

    private Node node(AddressBlock block) {
        Node parent = null;
        Node at = root;
        while (at != null) {
            int common = common(at.block, block);
            if (common < at.block.length()) {
                Node fresh = new Node(block);
                Node fork = common == block.length() ? fresh : fork(at, fresh, common);
                if (fork == fresh) {
                    fresh.setChild(bit(at.block, common), at);
                }
                replace(parent, block, fork);
                return fresh;
            }
            if (at.block.length() == block.length()) {
                return at;
            }
            parent = at;
            at = at.child(bit(block, at.block.length()));
        }
        Node fresh = new Node(block);
        replace(parent, block, fresh);
        return fresh;
    }

    private static Node fork(Node one, Node other, int common) {
        Node fork = new Node(new AddressBlock(one.block.high(), one.block.low(), common));
        fork.setChild(bit(one.block, common), one);
        fork.setChild(bit(other.block, common), other);
        return fork;
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
        for (Node at = root; at != null && at.block.contains(high, low); ) {
            if (at.numbers.length > 0) {
                return true;
            }
            at = at.block.length() == 128 ? null : at.child(bit(high, low, at.block.length()));
        }
        return false;
    }

    /** Has {@code rules} look at the numbers of every block with this address; returns its best. */
    int best(long high, long low, RuleEntries rules, ConnectionFacts facts, int best) {
        int result = best;
        for (Node at = root; at != null && at.block.contains(high, low); ) {
            result = rules.best(at.numbers, facts, result);
            at = at.block.length() == 128 ? null : at.child(bit(high, low, at.block.length()));
        }
        return result;
    }
}
