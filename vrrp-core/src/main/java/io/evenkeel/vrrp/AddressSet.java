package io.evenkeel.vrrp;

import java.util.List;

/** The advertised addresses, in the order of the configuration and sorted to be found. */
final class AddressSet {

    private final List<IpAddress> ordered;
    private final long[] high;
    private final long[] low;
    private final long[] sortedHigh;
    private final long[] sortedLow;

    AddressSet(List<VirtualAddress> addresses) {
        ordered = addresses.stream().map(VirtualAddress::address).toList();
        List<IpAddress> sorted = ordered.stream().sorted().toList();
        high = ordered.stream().mapToLong(IpAddress::high).toArray();
        low = ordered.stream().mapToLong(IpAddress::low).toArray();
        sortedHigh = sorted.stream().mapToLong(IpAddress::high).toArray();
        sortedLow = sorted.stream().mapToLong(IpAddress::low).toArray();
    }

    int size() {
        return high.length;
    }

    long high(int index) {
        return high[index];
    }

    long low(int index) {
        return low[index];
    }

    IpAddress address(int index) {
        return ordered.get(index);
    }

    /** The place of an address in the order of the configuration, or -1. */
    int indexOf(long addressHigh, long addressLow) {
        if (!contains(addressHigh, addressLow)) {
            return -1;
        }
        int index = 0;
        while (low[index] != addressLow || high[index] != addressHigh) {
            index++;
        }
        return index;
    }

    boolean contains(long addressHigh, long addressLow) {
        int from = 0;
        int to = sortedHigh.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(sortedHigh[middle], addressHigh);
            if (order == 0) {
                order = Long.compareUnsigned(sortedLow[middle], addressLow);
            }
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return false;
    }

    /** Whether an advertisement carries these addresses and no others, in whatever order. */
    boolean isThatOf(Advertisement advertisement) {
        if (advertisement.addressCount() != size()) {
            return false;
        }
        boolean sameOrder = true;
        for (int i = 0; i < size() && sameOrder; i++) {
            sameOrder =
                    advertisement.addressLow(i) == low[i]
                            && advertisement.addressHigh(i) == high[i];
        }
        return sameOrder || isPermutationIn(advertisement);
    }

    /** An advertisement may hold an address twice, so that all of ours must be looked for. */
    private boolean isPermutationIn(Advertisement advertisement) {
        for (int i = 0; i < size(); i++) {
            if (!isIn(advertisement, high[i], low[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(Advertisement advertisement, long high, long low) {
        for (int i = 0; i < advertisement.addressCount(); i++) {
            if (advertisement.addressLow(i) == low && advertisement.addressHigh(i) == high) {
                return true;
            }
        }
        return false;
    }
}
