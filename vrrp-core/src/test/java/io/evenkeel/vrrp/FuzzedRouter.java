package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** One running router under fuzz, kept in its role, and what has to be true after each packet. */
final class FuzzedRouter {

    final String name;
    long roleTaken;

    private final VirtualRouterConfig config;
    private final VrrpState role;
    private final IpAddress local;
    private final List<IpAddress> destinations = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocate(1_500);
    private final ReceivedPacket packet = new ReceivedPacket();
    private final LongSupplier hearing = this::hear;
    private VirtualRouter router;
    private long now;
    private int told;

    FuzzedRouter(String name, VirtualRouterConfig config, VrrpState role) {
        this.name = name + " as " + role;
        this.config = config;
        this.role = role;
        this.local = FuzzedConfigs.local(config);
        this.router = new VirtualRouter(config, this::perform);
        destinations.add(config.destinations().group(config.isIpv4()));
        config.destinations().peers().forEach(peer -> destinations.add(peer.address()));
    }

    void reset() {
        now = 0;
        router = new VirtualRouter(config, this::perform);
        router.handleLocalAddress(local, true, now);
        router.handleWallClock(FuzzedPackets.WALL_NANOS);
        router.startup(now);
        out.clear();
        router.encode(new Action.SendAdvertisement(0, 1), local, now, out);
    }

    private void perform(Action action) {
        if (action instanceof Action.SendAdvertisement send) {
            for (int i = 0; i < destinations.size(); i++) {
                out.clear();
                router.encode(send, destinations.get(i), now, out);
            }
        } else if (action instanceof Action.Notify notify) {
            told += notify.event().sentence().isEmpty() ? 0 : 1;
        }
    }

    void take(FuzzedPackets packets, boolean again) {
        takeRole();
        if (packets.sleeps()) {
            now += packets.passesNanos();
        } else {
            drive(now + packets.passesNanos());
        }
        happens(packets.event());
        router.handleWallClock(FuzzedPackets.WALL_NANOS - now);
        packets.fill(packet, Math.max(0, now - packets.ageNanos()));
        router.handlePacket(packet, now);
        drive(now);
        if (again) {
            hearAgain();
        }
        router.handleLocalAddress(local, true, now);
        router.setMaintenance(false, now);
        drive(now);
    }

    /** The first time something may be told, and of an interval the second time; then never again. */
    private void hearAgain() {
        router.handlePacket(packet, now);
        VrrpState state = router.state();
        int toldBefore = told;
        PacketFuzz.requireNothing(hearing, name);
        if (told != toldBefore || router.state() != state) {
            throw new AssertionError(name + " takes the third like packet for something new.");
        }
    }

    private long hear() {
        long before = PacketFuzz.allocatedBytes();
        router.handlePacket(packet, now);
        return PacketFuzz.allocatedBytes() - before;
    }

    private void happens(int event) {
        switch (event) {
            case 1 -> router.handover(now);
            case 2 -> router.setMaintenance(true, now);
            case 3 -> router.handleSuspension(5_000_000_000L, now);
            case 4 -> router.handleLocalAddress(local, false, now);
            case 5 -> router.shutdown(now);
            default -> {}
        }
    }

    private void takeRole() {
        for (int i = 0; i < 20 && router.state() != role; i++) {
            roleTaken++;
            long next = router.nextDeadlineNanos();
            if (role == VrrpState.BACKUP || next == VirtualRouter.NO_DEADLINE) {
                long then = now;
                reset();
                drive(then);
            }
            if (role == VrrpState.ACTIVE) {
                drive(Math.max(now, router.nextDeadlineNanos()));
            } else if (router.state() != role) {
                // Too late for a Backup that heard nobody: it begins at its own time.
                reset();
            }
        }
        if (router.state() != role) {
            throw new AssertionError(name + " is " + router.state() + " and stays it.");
        }
    }

    private void drive(long until) {
        while (router.nextDeadlineNanos() <= until) {
            now = Math.max(now, router.nextDeadlineNanos());
            router.handleDeadline(now);
            if (router.nextDeadlineNanos() <= now) {
                throw new AssertionError(
                        name + " has the deadline " + router.nextDeadlineNanos() + " at " + now);
            }
        }
        now = until;
    }
}
