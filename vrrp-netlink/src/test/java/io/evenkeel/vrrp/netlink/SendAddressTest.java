package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which address a socket of interface 5 sends from. */
class SendAddressTest {
    private static final int PERMANENT = Netlink.IFA_F_PERMANENT;
    private static final int TENTATIVE = PERMANENT | Netlink.IFA_F_TENTATIVE;

    @Test
    void ipv4TakesTheFirstAddressThatIsNotSecondaryNorOurs() {
        SendAddress address = take(true, null, List.of());
        assertFalse(address.isPresent());
        assertEquals(IpAddress.parse("0.0.0.0"), address.address());
        List<InterfaceAddress> host =
                List.of(
                        on(7, "10.9.0.7", PERMANENT, 0),
                        on(5, "10.9.0.100", PERMANENT, Netlink.EVENKEEL_ORIGIN),
                        on(5, "10.9.0.9", PERMANENT | Netlink.IFA_F_SECONDARY, 0),
                        on(5, "10.9.0.1", PERMANENT, 0));
        assertEquals(IpAddress.parse("10.9.0.1"), take(true, null, host).address());
    }

    @Test
    void ipv6TakesTheLinkLocalAddressOfTheHost() {
        List<InterfaceAddress> host =
                List.of(
                        on(5, "fd09::1", PERMANENT, 0),
                        on(5, "fe80::100", 0, Netlink.EVENKEEL_ORIGIN),
                        on(7, "fe80::7", PERMANENT, 0),
                        on(5, "fe80::1", PERMANENT, 0));
        SendAddress address = take(false, null, host);
        assertEquals(IpAddress.parse("fe80::1"), address.address());
        assertTrue(address.isUsable());
    }

    @Test
    void aTentativeAddressIsThereAndNotUsable() {
        SendAddress address = take(false, null, List.of(on(5, "fe80::1", TENTATIVE, 0)));
        assertTrue(address.isPresent());
        assertFalse(address.isUsable());
        address.take(List.of(on(5, "fe80::1", PERMANENT, 0)), 5);
        assertTrue(address.isUsable());
    }

    @Test
    void anOptimisticAddressIsUsable() {
        int optimistic = TENTATIVE | Netlink.IFA_F_OPTIMISTIC;
        assertTrue(take(false, null, List.of(on(5, "fe80::1", optimistic, 0))).isUsable());
    }

    @Test
    void aDuplicateIsTakenOnlyIfThereIsNothingElse() {
        InterfaceAddress duplicate = on(5, "fe80::1", TENTATIVE | Netlink.IFA_F_DADFAILED, 0);
        SendAddress address = take(false, null, List.of(duplicate));
        assertTrue(address.isDuplicate());
        assertFalse(address.isUsable());
        address.take(List.of(duplicate, on(5, "fe80::2", PERMANENT, 0)), 5);
        assertEquals(IpAddress.parse("fe80::2"), address.address());
        assertTrue(address.isUsable());
    }

    @Test
    void anotherLinkLocalAddressDoesNotChangeIt() {
        InterfaceAddress first = on(5, "fe80::1", PERMANENT, 0);
        SendAddress address = take(false, null, List.of(first));
        address.take(List.of(on(5, "fe80::2", PERMANENT, 0), first), 5);
        assertEquals(IpAddress.parse("fe80::1"), address.address());
    }

    @Test
    void aConfiguredAddressIsTheOnlyOneAndMayBeOnAnotherInterface() {
        IpAddress source = IpAddress.parse("10.9.0.7");
        SendAddress address = take(true, source, List.of(on(5, "10.9.0.1", PERMANENT, 0)));
        assertEquals(source, address.address());
        assertFalse(address.isPresent());
        address.take(List.of(on(7, "10.9.0.7", PERMANENT, 0)), 5);
        assertTrue(address.isUsable());
    }

    private static SendAddress take(
            boolean ipv4, @Nullable IpAddress configured, List<InterfaceAddress> addresses) {
        SendAddress address = new SendAddress(ipv4, configured);
        address.take(addresses, 5);
        return address;
    }

    private static InterfaceAddress on(int index, String address, int flags, int origin) {
        return new InterfaceAddress(
                index, IpAddress.parse(address), 64, 0, flags, null, origin, Netlink.FOREVER);
    }
}
