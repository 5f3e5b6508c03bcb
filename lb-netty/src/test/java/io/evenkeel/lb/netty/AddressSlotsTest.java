package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which address each server of a name has, by the last byte of the address. */
class AddressSlotsTest {
    @Test
    void everyNumberHasItsOwnAddressInTheOrderOfTheBytes() throws UnknownHostException {
        AddressSlots slots = AddressSlots.empty(3).with(addresses(30, 200, 7));
        assertEquals("30: 7 30 200", text(slots, 3));
    }

    @Test
    void addressesThatStayKeepTheirNumbers() throws UnknownHostException {
        AddressSlots slots =
                AddressSlots.empty(3).with(addresses(7, 8, 9)).with(addresses(5, 9, 7));
        assertEquals("7: 7 5 9", text(slots, 3));
        assertEquals("5: - 5 -", text(slots.with(addresses(5)), 3));
    }

    @Test
    void addressesBeyondTheLastNumberAreNotUsed() throws UnknownHostException {
        AddressSlots slots = AddressSlots.empty(2).with(addresses(1, 2, 3));
        assertEquals("1: 1 2", text(slots, 2));
        assertEquals("1: 1 3", text(slots.with(addresses(1, 3)), 2));
        assertNull(slots.get(3));
    }

    @Test
    void theFamilyThatIsFoundFirstIsUsedBeforeTheOther() throws UnknownHostException {
        InetAddress six = InetAddress.getByName("::1");
        InetAddress[] four = addresses(9, 8);
        AddressSlots slots = AddressSlots.empty(3).with(four[0], six, four[1]);
        assertEquals(six, slots.get(3));
        assertEquals("9: 8 9", text(slots, 2));
        assertEquals(six, AddressSlots.empty(3).with(six, four[0], four[1]).get(1));
    }

    @Test
    void anAddressThatIsFoundTwiceCountsOnce() throws UnknownHostException {
        assertEquals("4: 4 -", text(AddressSlots.empty(2).with(addresses(4, 4)), 2));
    }

    private static InetAddress[] addresses(int... lastBytes) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[lastBytes.length];
        for (int i = 0; i < lastBytes.length; i++) {
            addresses[i] = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) lastBytes[i]});
        }
        return addresses;
    }

    private static String text(AddressSlots slots, int numbered) {
        return lastByte(slots.get(0))
                + ": "
                + IntStream.rangeClosed(1, numbered)
                        .mapToObj(slot -> lastByte(slots.get(slot)))
                        .collect(Collectors.joining(" "));
    }

    private static String lastByte(@Nullable InetAddress address) {
        return address == null
                ? "-"
                : String.valueOf(Arrays.copyOf(address.getAddress(), 4)[3] & 0xff);
    }
}
