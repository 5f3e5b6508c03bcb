package io.evenkeel.lb.netty;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a name's addresses each of its servers has: slot 0 is for servers that take the first, the others are for
 * servers that have one each. An address keeps its slots as long as the name has it. Immutable.
 */
final class AddressSlots {
    private final List<@Nullable InetAddress> slots;

    private AddressSlots(List<@Nullable InetAddress> slots) {
        this.slots = Collections.unmodifiableList(slots);
    }

    /** No address yet, in slot 0 and {@code numbered} others. */
    static AddressSlots empty(int numbered) {
        return new AddressSlots(new ArrayList<>(Collections.nCopies(numbered + 1, null)));
    }

    /** With another number of slots beside the first; those that stay keep their addresses. */
    AddressSlots resized(int numbered) {
        List<@Nullable InetAddress> next = new ArrayList<>(slots);
        while (next.size() > numbered + 1) {
            next.remove(next.size() - 1);
        }
        while (next.size() < numbered + 1) {
            next.add(null);
        }
        return new AddressSlots(next);
    }

    /** The address in a slot, or null. */
    @Nullable InetAddress get(int slot) {
        return slot < slots.size() ? slots.get(slot) : null;
    }

    /**
     * What follows when the name is found to have these addresses. Those that have no slot yet get the free ones, those
     * of the first one's family before others, and then in the order of their bytes, so that two nodes that start
     * together agree.
     *
     * @param found at least one, the family that the resolver prefers first
     */
    AddressSlots with(InetAddress... found) {
        List<InetAddress> unplaced = new ArrayList<>();
        for (InetAddress address : found) {
            if (!unplaced.contains(address)) {
                unplaced.add(address);
            }
        }
        List<@Nullable InetAddress> next = new ArrayList<>(slots);
        InetAddress first = slots.get(0);
        next.set(0, first != null && unplaced.contains(first) ? first : found[0]);
        for (int slot = 1; slot < next.size(); slot++) {
            InetAddress kept = next.get(slot);
            if (kept != null && !unplaced.remove(kept)) {
                next.set(slot, null);
            }
        }
        int preferred = found[0].getAddress().length;
        unplaced.sort(
                Comparator.<InetAddress, Boolean>comparing(
                                address -> address.getAddress().length != preferred)
                        .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned));
        int taken = 0;
        for (int slot = 1; slot < next.size() && taken < unplaced.size(); slot++) {
            if (next.get(slot) == null) {
                next.set(slot, unplaced.get(taken++));
            }
        }
        return new AddressSlots(next);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressSlots that && slots.equals(that.slots);
    }

    @Override
    public int hashCode() {
        return slots.hashCode();
    }

    /** The addresses in the order of the slots. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        for (InetAddress address : slots) {
            if (address != null && !texts.contains(address.getHostAddress())) {
                texts.add(address.getHostAddress());
            }
        }
        return String.join(", ", texts);
    }
}
