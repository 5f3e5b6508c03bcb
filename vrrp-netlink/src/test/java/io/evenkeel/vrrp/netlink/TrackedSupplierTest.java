package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VrrpState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods of the application that move a router. */
class TrackedSupplierTest {
    private static final AddressHolder NO_HOLDER =
            new AddressHolder() {
                @Override
                public void acquire(VirtualAddress address) {}

                @Override
                public void release(VirtualAddress address) {}
            };

    private final List<VrrpService> services = new ArrayList<>();

    @AfterEach
    void close() {
        services.forEach(VrrpService::close);
    }

    @Test
    void aSourceThatIsUnhealthyReleasesTheAddresses() throws Exception {
        AtomicBoolean healthy = new AtomicBoolean();
        VrrpService service =
                start(
                        List.of(Tracker.fatal("pool")),
                        often(TrackedSupplier.health("pool", healthy::get)));
        awaitState(service, VrrpState.FAULT);
        healthy.set(true);
        awaitState(service, VrrpState.ACTIVE);
        healthy.set(false);
        awaitState(service, VrrpState.FAULT);
    }

    @Test
    void aNumberMovesThePriority() throws Exception {
        AtomicInteger servers = new AtomicInteger(3);
        VrrpService service =
                start(
                        List.of(new Tracker("servers", 10)),
                        often(TrackedSupplier.number("servers", servers::get)));
        awaitPriority(service, 130);
        servers.set(1);
        awaitPriority(service, 110);
    }

    @Test
    void oneThatHangsFailsAndHoldsUpNeitherVrrpNorTheOthers() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        AtomicBoolean hanging = new AtomicBoolean();
        AtomicInteger other = new AtomicInteger();
        VrrpService service =
                start(
                        List.of(new Tracker("db", -50), new Tracker("load", 1)),
                        often(
                                TrackedSupplier.health(
                                        "db",
                                        () -> {
                                            if (hanging.get()) {
                                                awaitUninterruptibly(hang);
                                            }
                                            return true;
                                        })),
                        often(TrackedSupplier.number("load", other::get)));
        awaitState(service, VrrpState.ACTIVE);
        awaitPriority(service, 100);
        hanging.set(true);
        awaitPriority(service, 50);
        other.set(7);
        awaitPriority(service, 57);
        assertEquals(VrrpState.ACTIVE, service.snapshot().routers().get(0).state());
        hanging.set(false);
        hang.countDown();
        awaitPriority(service, 107);
    }

    @Test
    void oneThatThrowsHasFailedUntilItReturns() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        VrrpService service =
                start(
                        List.of(Tracker.fatal("db")),
                        often(
                                TrackedSupplier.health(
                                        "db",
                                        () -> {
                                            if (broken.get()) {
                                                throw new IllegalStateException("no connection");
                                            }
                                            return true;
                                        })));
        awaitState(service, VrrpState.FAULT);
        broken.set(false);
        awaitState(service, VrrpState.ACTIVE);
    }

    @Test
    void closeInterruptsACallAndDoesNotWaitForIt() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        VrrpService service =
                start(
                        List.of(new Tracker("db", -50)),
                        TrackedSupplier.health(
                                "db",
                                () -> {
                                    called.countDown();
                                    try {
                                        new CountDownLatch(1).await();
                                    } catch (InterruptedException e) {
                                        interrupted.countDown();
                                    }
                                    return true;
                                }));
        called.await();
        service.close();
        interrupted.await();
    }

    /** Such as an event loop that has found no server; the start may take some hundred milliseconds, and holds the service. */
    @Test
    void whoReportsDoesNotWaitForWhatElseIsDoneWithTheService() throws Exception {
        VrrpService service = start(List.of(Tracker.fatal("pool")));
        Thread reporter = new Thread(() -> service.report("pool", true));
        synchronized (service) {
            reporter.start();
            reporter.join(10_000);
            assertFalse(reporter.isAlive());
        }
        awaitState(service, VrrpState.ACTIVE);
    }

    @Test
    void whatFeedsNothingOrTwiceOrWhatHasADeadlineIsRefused() {
        TrackedSupplier pool = TrackedSupplier.health("pool", () -> true);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                builder(
                                                List.of(
                                                        Tracker.fatal("db")
                                                                .withDeadline(
                                                                        Duration.ofSeconds(1))),
                                                1)
                                        .trackedSupplier(pool)
                                        .trackedSupplier(pool)
                                        .trackedSupplier(TrackedSupplier.health("db", () -> true))
                                        .build());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("no virtual router has the tracker pool"), message);
        assertTrue(message.contains("two scripts or suppliers feed the tracker pool"), message);
        assertTrue(message.contains("the tracker db has a deadline"), message);
    }

    @Test
    void durationsAreMoreThanZeroAndNamesAreNotBlank() {
        TrackedSupplier pool = TrackedSupplier.health("pool", () -> true);
        assertThrows(IllegalArgumentException.class, () -> pool.every(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> pool.within(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> TrackedSupplier.health(" ", () -> true));
    }

    private static TrackedSupplier often(TrackedSupplier supplier) {
        return supplier.every(Duration.ofMillis(20)).within(Duration.ofMillis(500));
    }

    private VrrpService start(List<Tracker> trackers, TrackedSupplier... suppliers)
            throws VrrpStartException {
        VrrpServiceBuilder builder = builder(trackers, services.size() + 1);
        List.of(suppliers).forEach(builder::trackedSupplier);
        VrrpService service = builder.build();
        services.add(service);
        service.start();
        return service;
    }

    private static VrrpServiceBuilder builder(List<Tracker> trackers, int number) {
        InetSocketAddress local = new InetSocketAddress("127.53.72." + number, 21954);
        return VrrpService.builder()
                .router(LoopbackNode.config(100, Duration.ofMillis(100)).trackers(trackers).build())
                .network(VrrpNetwork.loopback(local, List.of(), NO_HOLDER));
    }

    private static void awaitState(VrrpService service, VrrpState state) throws Exception {
        Conditions.await(
                state.toString(), () -> service.snapshot().routers().get(0).state() == state);
    }

    private static void awaitPriority(VrrpService service, int priority) throws Exception {
        Conditions.await(
                "priority " + priority,
                () -> service.snapshot().routers().get(0).priority() == priority);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // As an application does that does not know of interrupts.
                continue;
            }
        }
    }
}
