package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/** One host of a {@link Lan}: a router, its socket and the loop of the package documentation. */
final class LanNode {

    final VirtualRouter router;
    final IpAddress address;
    final Set<VirtualAddress> owned = new HashSet<>();
    int sent;

    /** When the last packet that is on its way to this host arrives. */
    long lastArrivalNanos;

    /** Hosts hear each other within a segment. */
    int segment;

    /** Hosts are on one wire or another, like two networks of one site. */
    int wire;

    private final Lan lan;
    private final Queue<Lan.Delivery> socket = new ArrayDeque<>();
    private final ByteBuffer out = ByteBuffer.allocate(1500);
    private final ReceivedPacket packet = new ReceivedPacket();
    private final IpAddress[] destinations;
    private long clockOffsetNanos;
    private long pausedUntilNanos;
    private boolean linkUp = true;
    private boolean dead;
    private boolean starting;
    private AdvertisementQueue queue;
    private boolean frozen;
    private Consumer<Action> watcher = action -> {};

    LanNode(Lan lan, VirtualRouterConfig config, IpAddress address) {
        this.lan = lan;
        this.address = address;
        this.router = new VirtualRouter(config, this::perform);
        this.queue = new AdvertisementQueue(router, 0);
        this.destinations =
                config.destinations().isUnicast()
                        ? config.destinations().peers().stream()
                                .map(UnicastPeer::address)
                                .toArray(IpAddress[]::new)
                        : new IpAddress[] {config.destinations().group(config.isIpv4())};
        router.handleLocalAddress(address, true, now());
    }

    /** Its monotonic clock began at another time than the others'; to be set before the start. */
    LanNode clockOffset(long nanos) {
        clockOffsetNanos = nanos;
        return this;
    }

    /** Queues what it will advertise within that time; to be set before the start. */
    LanNode queueing(long aheadNanos) {
        queue = new AdvertisementQueue(router, aheadNanos);
        return this;
    }

    /** Is told each action before it is done. */
    LanNode watch(Consumer<Action> watcher) {
        this.watcher = watcher;
        return this;
    }

    long now() {
        return lan.nowNanos() + clockOffsetNanos;
    }

    void start() {
        starting = true;
        router.startup(now());
        starting = false;
    }

    void stop() {
        router.shutdown(now());
    }

    void handover() {
        router.handover(now());
    }

    void report(String tracker, boolean up) {
        router.handleTracker(tracker, up, now());
    }

    void link(boolean up) {
        linkUp = up;
        router.handleInterface(up, now());
    }

    /** The cable between here and the switch is cut, and the interface does not notice. */
    void mute(boolean muted) {
        linkUp = !muted;
    }

    void pause(long nanos) {
        pausedUntilNanos = lan.nowNanos() + nanos;
        frozen = false;
    }

    /** As a pause, but nothing goes out of the queue meanwhile: it does all at once at the end. */
    void freeze(long nanos) {
        pause(nanos);
        frozen = true;
    }

    boolean isPaused() {
        return pausedUntilNanos > lan.nowNanos();
    }

    /** The process is gone, and the kernel takes the leased addresses back. */
    void kill() {
        dead = true;
        owned.clear();
    }

    boolean isDead() {
        return dead;
    }

    boolean reaches(LanNode to) {
        return linkUp && to.linkUp && !to.dead && segment == to.segment && wire == to.wire;
    }

    void arrived(Lan.Delivery delivery) {
        socket.add(delivery);
    }

    long wakeNanos() {
        if (dead) {
            return Long.MAX_VALUE;
        }
        long wake = socket.isEmpty() ? here(router.nextDeadlineNanos()) : lan.nowNanos();
        wake = Math.min(wake, here(queue.nextFillNanos()));
        long send = here(queue.nextSendNanos());
        return frozen
                ? Math.max(Math.min(wake, send), pausedUntilNanos)
                : Math.min(send, Math.max(wake, pausedUntilNanos));
    }

    private long here(long deadlineNanos) {
        return deadlineNanos == VirtualRouter.NO_DEADLINE
                ? Long.MAX_VALUE
                : deadlineNanos - clockOffsetNanos;
    }

    void drive() {
        if (dead || frozen && isPaused()) {
            return;
        }
        sendQueued();
        if (isPaused()) {
            return;
        }
        queue.report();
        for (Lan.Delivery each = socket.poll(); each != null; each = socket.poll()) {
            take(each);
        }
        if (router.nextDeadlineNanos() <= now()) {
            router.handleDeadline(now());
            if (router.nextDeadlineNanos() <= now()) {
                throw new AssertionError(
                        address + " has a deadline in the past at " + now() + "\n" + lan.trace());
            }
        }
        queue.fill(now());
    }

    private void sendQueued() {
        for (AdvertisementQueue.Entry next = queue.poll(now());
                next != null;
                next = queue.poll(now())) {
            lan.note(this, "queued " + next.advertisement());
            send(next.advertisement());
        }
    }

    private void send(Action.SendAdvertisement advertisement) {
        sent++;
        for (IpAddress destination : destinations) {
            out.clear();
            int length = router.encode(advertisement, destination, now(), out);
            lan.carry(this, Lan.copy(out, length), destination);
        }
    }

    private void take(Lan.Delivery delivery) {
        ByteBuffer bytes = ByteBuffer.wrap(delivery.message());
        long arrivalNanos = delivery.atNanos() + clockOffsetNanos;
        IpAddress from = delivery.source();
        IpAddress to = delivery.destination();
        if (from.isIpv4()) {
            packet.setIpv4(
                    bytes, 0, bytes.limit(), from.ipv4Bits(), to.ipv4Bits(), 255, arrivalNanos);
        } else {
            packet.setIpv6(
                    bytes,
                    0,
                    bytes.limit(),
                    from.high(),
                    from.low(),
                    to.high(),
                    to.low(),
                    255,
                    arrivalNanos);
        }
        router.handlePacket(packet, now());
    }

    private void perform(Action action) {
        boolean mayAct = dead || !router.isStopped() || starting || action instanceof Action.Notify;
        if (!mayAct) {
            throw new AssertionError(address + " acts though stopped: " + action);
        }
        watcher.accept(action);
        lan.note(this, action);
        if (action instanceof Action.CancelAdvertisements) {
            queue.cancel();
        } else if (action instanceof Action.SendAdvertisement advertisement) {
            send(advertisement);
        } else if (action instanceof Action.AddAddresses add) {
            owned.addAll(add.addresses());
        } else if (action instanceof Action.RemoveAddresses remove) {
            remove.addresses().forEach(owned::remove);
        }
    }

    @Override
    public String toString() {
        return address
                + " "
                + router.state()
                + " priority "
                + router.effectivePriority()
                + (owned.isEmpty() ? "" : " owns")
                + (dead ? " dead" : "");
    }
}
