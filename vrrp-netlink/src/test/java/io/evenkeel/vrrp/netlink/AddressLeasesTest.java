package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLeasesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final VirtualAddress VIP = FakeKernel.virtual("10.9.0.100");
    private static final VirtualAddress SECOND_VIP = FakeKernel.virtual("10.9.0.101");

    private final FakeKernel kernel = new FakeKernel();
    private final List<String> announced = new ArrayList<>();
    private final HeldAddresses held = new HeldAddresses();
    private final AddressLeases leases = leases(false);

    @ParameterizedTest(name = "{0}, interval {1} ms, priority {2}: {3} s")
    @CsvSource({
        // 3 intervals and (256 - priority) / 256 of one, rounded down
        "V3, 1000, 100, 3",
        "V2, 1000, 100, 3",
        "V3, 1000, 1, 3",
        "V3, 2000, 100, 7",
        // version 2: the skew is a part of a second, whatever the interval
        "V2, 2000, 1, 6",
        // never less than 2 s: the kernel counts in seconds
        "V3, 100, 100, 2",
        "V3, 10, 254, 2",
        "V3, 40950, 1, 163",
    })
    void theLeaseLastsAsLongAsAPeerWaits(
            VrrpVersion version, long intervalMillis, int priority, int seconds) {
        VirtualRouterConfig config =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .version(version)
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(intervalMillis))
                        .addresses(List.of(VIP))
                        .build();
        assertEquals(seconds, AddressLeases.leaseSeconds(config));
    }

    @Test
    void anAddressIsAddedOnceAndRenewedEveryThirdOfItsLease() {
        leases.add(List.of(VIP), 10 * SECOND);
        assertEquals(List.of("add 10.9.0.100 3 s"), kernel.takeLog());
        assertEquals(11 * SECOND, leases.nextDeadlineNanos());
        leases.handleDeadline(11 * SECOND);
        assertEquals(List.of("renew 10.9.0.100 3 s"), kernel.takeLog());
        assertEquals(12 * SECOND, leases.nextDeadlineNanos());
    }

    @Test
    void anAddressThatIsAddedAgainIsRenewedAsItsNextRenewalIsPutOff() {
        leases.add(List.of(VIP), 10 * SECOND);
        kernel.takeLog();
        leases.add(List.of(VIP), 10 * SECOND + SECOND / 2);
        assertEquals(List.of("renew 10.9.0.100 3 s"), kernel.takeLog());
        assertEquals(11 * SECOND + SECOND / 2, leases.nextDeadlineNanos());
    }

    @Test
    void anAddressThatIsHeldAndMissingOnTheHostIsLostOnce() {
        leases.add(List.of(VIP, SECOND_VIP), 0);
        assertEquals(List.of(), leases.takeLost(view()));
        kernel.addresses().removeIf(a -> a.local().equals(VIP.address()));
        assertEquals(List.of(VIP), leases.takeLost(view()));
        assertEquals(List.of(), leases.takeLost(view()));
        kernel.takeLog();
        leases.add(List.of(VIP), SECOND);
        assertEquals(List.of("add 10.9.0.100 3 s"), kernel.takeLog());
    }

    @ParameterizedTest(name = "origins kept: {0}")
    @ValueSource(booleans = {true, false})
    void whatARouterHoldsIsNoAddressOfTheHostEvenIfItsLeaseIsToBeShorter(boolean keepsOrigins) {
        if (!keepsOrigins) {
            kernel.forgetOrigins();
        }
        leases.add(List.of(VIP), 0);
        VirtualRouterConfig faster =
                VirtualRouterConfig.builder("VI_1")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .advertisementInterval(Duration.ofMillis(100))
                        .addresses(List.of(VIP))
                        .build();
        HostView seen = held.mark(viewWithLinks());
        assertNull(seen.hostAddress(faster, VIP));
        SendAddress source = new SendAddress(true, null);
        source.take(seen.addresses(), 5);
        assertFalse(source.isPresent());
        leases.removeAll();
        kernel.put("10.9.0.100", 0, 3);
        assertNotNull(held.mark(viewWithLinks()).hostAddress(faster, VIP));
    }

    @Test
    void anAddressThatWasAddedAfterTheHostWasLookedAtIsNotLost() {
        HostView before = view();
        leases.add(List.of(VIP), 0);
        assertEquals(List.of(), leases.takeLost(before));
    }

    @Test
    void anAddressThatTheKernelRefusedIsNotLost() {
        kernel.refuse(Errno.EPERM);
        leases.add(List.of(VIP), 0);
        assertEquals(List.of(), leases.takeLost(view()));
    }

    @Test
    void anAddressIsRemovedOnceAndNoLongerRenewed() {
        leases.add(List.of(VIP, SECOND_VIP), 0);
        leases.remove(List.of(VIP, SECOND_VIP));
        kernel.takeLog();
        leases.remove(List.of(VIP));
        leases.handleDeadline(SECOND);
        assertEquals(List.of(), kernel.takeLog());
        assertEquals(VirtualRouter.NO_DEADLINE, leases.nextDeadlineNanos());
        assertEquals(List.of(), kernel.addresses());
    }

    @Test
    void removeAllTakesOffWhateverIsHeld() {
        leases.add(List.of(VIP, SECOND_VIP), 0);
        leases.removeAll();
        assertEquals(List.of(), kernel.addresses());
        assertEquals(VirtualRouter.NO_DEADLINE, leases.nextDeadlineNanos());
    }

    @Test
    void anAddressThatExpiredDuringALongPauseIsTakenAgain() {
        leases.add(List.of(VIP), 0);
        kernel.expireLeases();
        leases.handleDeadline(60 * SECOND);
        assertEquals(1, kernel.addresses().size());
    }

    @Test
    void anAddressThatExpiredIsNoErrorOnRelease() {
        leases.add(List.of(VIP), 0);
        kernel.expireLeases();
        leases.remove(List.of(VIP));
        assertEquals(List.of(), kernel.addresses());
    }

    @Test
    void anAddressOfOursThatIsThereAlreadyIsRenewed() {
        kernel.put("10.9.0.100", Netlink.EVENKEEL_ORIGIN, 1);
        leases.add(List.of(VIP), 0);
        assertEquals(List.of("add 10.9.0.100 3 s", "renew 10.9.0.100 3 s"), kernel.takeLog());
    }

    @Test
    void aKernelThatKeepsNoOriginsTellsALeaseByItsLifetime() {
        kernel.forgetOrigins();
        kernel.put("10.9.0.100", 0, 3);
        leases.add(List.of(VIP), 0);
        assertEquals(List.of("add 10.9.0.100 3 s", "renew 10.9.0.100 3 s"), kernel.takeLog());
        leases.handleDeadline(SECOND);
        leases.remove(List.of(VIP));
        assertEquals(List.of(), kernel.addresses());
    }

    @Test
    void aKernelThatKeepsNoOriginsDoesNotHaveTheHostsOwnAddressTaken() {
        kernel.forgetOrigins();
        kernel.put("10.9.0.100", 0, Netlink.FOREVER);
        leases.add(List.of(VIP), 0);
        leases.handleDeadline(SECOND);
        leases.remove(List.of(VIP));
        assertEquals(List.of("add 10.9.0.100 3 s"), kernel.takeLog());
        assertEquals(1, kernel.addresses().size());
    }

    @Test
    void anotherHardwareAddressOfTheInterfaceIsToldOnce() {
        LinuxInterface eth0 = network();
        NetlinkConnection netlink = new NetlinkConnection(kernel);
        AddressLeases moving =
                new AddressLeases(
                        config(),
                        (router, address) -> new AddressLease(address, eth0, false, held),
                        netlink,
                        this::announce,
                        RouteKeeperTest.keeper(netlink, new SharedEntries()),
                        Runnable::run);
        assertEquals(List.of(), moving.takeMoved());
        eth0.take(new Link(5, "eth0", 0x11043, 0x02420a090099L, 1500, false));
        assertEquals(List.of(VIP, SECOND_VIP), moving.takeMoved());
        assertEquals(List.of(), moving.takeMoved());
    }

    @Test
    void anAddressThatTheHostGotMeanwhileIsNeitherRenewedNorRemoved() {
        kernel.put("10.9.0.100", 0, Netlink.FOREVER);
        leases.add(List.of(VIP), 0);
        leases.handleDeadline(SECOND);
        leases.remove(List.of(VIP));
        assertEquals(List.of("add 10.9.0.100 3 s"), kernel.takeLog());
        assertEquals(Netlink.FOREVER, kernel.addresses().get(0).validSeconds());
    }

    @Test
    void theOwnersAddressesAreLeftToTheHostAndAnnounced() {
        AddressLeases owner = leases(true);
        owner.add(List.of(VIP), 0);
        owner.announce(List.of(VIP), 5);
        owner.handleDeadline(SECOND);
        owner.remove(List.of(VIP));
        assertEquals(List.of(), kernel.takeLog());
        assertEquals(List.of("eth0 10.9.0.100 x5"), announced);
        assertEquals(VirtualRouter.NO_DEADLINE, owner.nextDeadlineNanos());
    }

    @Test
    void aRefusedAddressIsTriedAgainWithTheNextRenewal() {
        kernel.refuse(Errno.ENODEV);
        leases.add(List.of(VIP), 0);
        leases.handleDeadline(SECOND);
        assertEquals(List.of(), kernel.addresses());
        kernel.refuse(0);
        leases.handleDeadline(2 * SECOND);
        assertEquals(1, kernel.addresses().size());
    }

    @Test
    void addressesOfBothFamiliesAreAnnounced() {
        VirtualAddress ipv6 = FakeKernel.virtual("fd00::64");
        leases.extend(config().toBuilder().excludedAddresses(List.of(ipv6)).build());
        leases.announce(List.of(VIP, ipv6), 2);
        assertEquals(List.of("eth0 10.9.0.100 x2", "eth0 fd00::64 x2"), announced);
    }

    @Test
    void anotherConfigurationKeepsWhatStaysAndTakesOffWhatDoesNot() {
        leases.add(List.of(VIP, SECOND_VIP), 0);
        kernel.takeLog();
        VirtualAddress third = FakeKernel.virtual("10.9.0.102");
        VirtualRouterConfig next = config().toBuilder().addresses(List.of(VIP, third)).build();
        leases.extend(next);
        leases.add(List.of(third), SECOND);
        leases.retain(next);
        assertEquals(List.of("add 10.9.0.102 3 s", "remove 10.9.0.101"), kernel.takeLog());
        assertEquals(2, kernel.addresses().size());
    }

    @Test
    void routesAndRulesComeAfterTheAddressesAndGoBeforeThem() {
        leases.retain(withRoutes(config()));
        leases.add(List.of(VIP, SECOND_VIP), 0);
        assertEquals(
                List.of(
                        "add 10.9.0.100 3 s",
                        "add 10.9.0.101 3 s",
                        "add route 198.51.100.0/24 via 10.9.0.7",
                        "add rule 100"),
                kernel.takeLog());
        leases.remove(List.of(VIP));
        assertEquals(List.of("remove 10.9.0.100"), kernel.takeLog());
        leases.remove(List.of(VIP, SECOND_VIP));
        assertEquals(
                List.of(
                        "remove rule 100",
                        "remove route 198.51.100.0/24 via 10.9.0.7",
                        "remove 10.9.0.101"),
                kernel.takeLog());
    }

    @Test
    void aRouteThatIsMissingIsPutBackWithTheNextRenewalOrWhenTheInterfacesChange() {
        leases.retain(withRoutes(config()));
        leases.add(List.of(VIP), 0);
        kernel.routes().clear();
        leases.handleDeadline(SECOND);
        assertEquals(2, kernel.routes().size());
        kernel.routes().clear();
        leases.takeLost(view());
        assertEquals(2, kernel.routes().size());
    }

    @Test
    void theOwnersRoutesAreRenewedThoughItsAddressesAreTheHosts() {
        AddressLeases owner = leases(true);
        owner.retain(withRoutes(config()));
        owner.add(List.of(VIP, SECOND_VIP), 0);
        assertEquals(2, kernel.routes().size());
        assertEquals(SECOND, owner.nextDeadlineNanos());
        owner.remove(List.of(VIP, SECOND_VIP));
        assertEquals(0, kernel.routes().size());
    }

    @Test
    void routesStayWhileAllAddressesAreExchanged() {
        leases.retain(withRoutes(config()));
        leases.add(List.of(VIP, SECOND_VIP), 0);
        kernel.takeLog();
        VirtualAddress third = FakeKernel.virtual("10.9.0.102");
        VirtualRouterConfig next =
                withRoutes(config().toBuilder().addresses(List.of(third)).build());
        leases.extend(next);
        leases.remove(List.of(VIP, SECOND_VIP));
        leases.add(List.of(third), SECOND);
        leases.retain(next);
        assertEquals(
                List.of(), kernel.takeLog().stream().filter(l -> l.contains("remove r")).toList());
        assertEquals(2, kernel.routes().size());
    }

    private static VirtualRouterConfig withRoutes(VirtualRouterConfig config) {
        return config.toBuilder()
                .host(
                        HostSettings.NONE
                                .withRoutes(List.of(RouteKeeperTest.VIA_7))
                                .withRules(List.of(RouteKeeperTest.RULE)))
                .build();
    }

    private AddressLeases leases(boolean hostOwned) {
        LinuxInterface network = network();
        NetlinkConnection netlink = new NetlinkConnection(kernel);
        return new AddressLeases(
                config(),
                (router, address) -> new AddressLease(address, network, hostOwned, held),
                netlink,
                this::announce,
                RouteKeeperTest.keeper(netlink, new SharedEntries()),
                Runnable::run);
    }

    private int announce(LinuxInterface network, IpAddress address, int repeat) {
        announced.add(network.name() + " " + address + " x" + repeat);
        return 0;
    }

    private static LinuxInterface network() {
        return new LinuxInterface(new Link(5, "eth0", 0x11043, 0x02420a090001L, 1500, false));
    }

    private static VirtualRouterConfig config() {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .addresses(List.of(VIP, SECOND_VIP))
                .build();
    }

    private HostView viewWithLinks() {
        return new HostView(
                List.of(new Link(5, "eth0", 0, 1, 1500, false)), List.copyOf(kernel.addresses()));
    }

    private HostView view() {
        return new HostView(List.of(), List.copyOf(kernel.addresses()));
    }
}
