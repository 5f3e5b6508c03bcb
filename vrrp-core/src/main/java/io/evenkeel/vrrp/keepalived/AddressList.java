package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VirtualAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The addresses of one kind of block, each with its place. */
final class AddressList {
    private final List<VirtualAddress> addresses = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private boolean read;
    private boolean refused;

    void read(Statement block, Findings findings) {
        read = true;
        for (Statement statement : block.block()) {
            VirtualAddress address = AddressReader.read(statement, findings);
            if (address == null) {
                refused = true;
            } else {
                addresses.add(address);
                places.add(statement.place());
            }
        }
    }

    List<VirtualAddress> all() {
        return addresses;
    }

    VirtualAddress get(int index) {
        return addresses.get(index);
    }

    Place place(int index) {
        return places.get(index);
    }

    boolean isEmpty() {
        return addresses.isEmpty();
    }

    int size() {
        return addresses.size();
    }

    /** Whether there is a block in which nothing is written. */
    boolean isWrittenEmpty() {
        return read && addresses.isEmpty() && !refused;
    }

    /** Puts the first address of that kind to the front; returns false when there is none. */
    boolean moveToFront(Predicate<VirtualAddress> kind) {
        for (int i = 0; i < addresses.size(); i++) {
            if (kind.test(addresses.get(i))) {
                addresses.add(0, addresses.remove(i));
                places.add(0, places.remove(i));
                return true;
            }
        }
        return false;
    }
}
