package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An address in one of some blocks. */
final class AddressCondition implements Condition {
    /** With more blocks than this a tree is quicker. */
    private static final int MOST_COMPARED = 4;

    private final Endpoint endpoint;
    private final List<AddressBlock> blocks;
    private final @Nullable AddressTree tree;

    private AddressCondition(Endpoint endpoint, List<AddressBlock> blocks) {
        this.endpoint = endpoint;
        this.blocks = List.copyOf(blocks);
        AddressTree all = null;
        if (blocks.size() > MOST_COMPARED) {
            all = new AddressTree();
            for (AddressBlock block : this.blocks) {
                all.add(block, 0);
            }
        }
        tree = all;
    }

    static AddressCondition of(Endpoint endpoint, List<String> texts) {
        Problems problems = new Problems(endpoint == Endpoint.SOURCE ? "source" : "destination");
        List<AddressBlock> blocks = new ArrayList<>();
        for (String text : texts) {
            AddressBlock block = AddressBlock.parse(text);
            if (block == null) {
                problems.add(
                        "",
                        "'"
                                + text
                                + "' is no address; write one such as 192.0.2.1, 10.0.0.0/8 or"
                                + " 2001:db8::/32");
            } else {
                blocks.add(block);
            }
        }
        problems.throwIfAny();
        return new AddressCondition(endpoint, blocks);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    List<AddressBlock> blocks() {
        return blocks;
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        long high = facts.high(endpoint);
        long low = facts.low(endpoint);
        if (tree != null) {
            return Truth.of(tree.contains(high, low));
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(high, low)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressCondition that
                && endpoint == that.endpoint
                && blocks.equals(that.blocks);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, blocks);
    }

    @Override
    public String toString() {
        return endpoint + " in " + blocks;
    }
}
