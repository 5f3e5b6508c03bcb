package io.evenkeel.vrrp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Plays a story: each command drives one virtual router on a virtual clock, and the actions that come
 * back are written below it. See {@code stories/README}.
 */
final class StoryRunner {

    private final StoryTrace trace = new StoryTrace();
    private final ByteBuffer out = ByteBuffer.allocate(1500);
    private VirtualRouterConfig config = Packets.router().build();
    private VirtualRouter router = new VirtualRouter(config, this::perform);
    private AdvertisementQueue queue = new AdvertisementQueue(router, 0);
    private IpAddress local = IpAddress.parse("10.9.0.1");
    private boolean verbose;
    private long nowNanos;

    /** The story with the trace that its commands give now. */
    static String play(List<String> lines) {
        StoryRunner runner = new StoryRunner();
        return runner.trace.play(lines, runner::step);
    }

    private void step(String line) {
        command(line);
        queue.fill(nowNanos);
    }

    private void command(String line) {
        String[] words = line.split("\\s+");
        Map<String, String> options = StoryText.options(words);
        switch (words[0]) {
            case "router" -> configure(options);
            case "start" -> router.startup(nowNanos);
            case "stop" -> router.shutdown(nowNanos);
            case "handover" -> router.handover(nowNanos);
            case "maintenance" -> router.setMaintenance(words[1].equals("on"), nowNanos);
            case "priority" -> router.setPriority(Integer.parseInt(words[1]), nowNanos);
            case "reconfigure" -> reconfigure(options);
            case "link" -> router.handleInterface(words[1].equals("up"), nowNanos);
            case "local" -> local(words[1]);
            case "lose" -> router.handleAddressesLost(StoryText.addresses(words[1]), nowNanos);
            case "tracker" -> tracker(words[1], words[2]);
            case "hear" -> hear(words[1], options);
            case "wait" -> driveUntil(nowNanos + StoryText.nanos(words[1]));
            case "sleep" -> sleep(StoryText.nanos(words[1]));
            case "suspend" -> router.handleSuspension(StoryText.nanos(words[1]), nowNanos);
            case "wake" -> router.handleDeadline(nowNanos);
            case "show" -> show();
            case "peers" -> router.peers().forEach(this::show);
            default -> throw new IllegalArgumentException("No such command: " + line);
        }
    }

    private void configure(Map<String, String> options) {
        VirtualRouterConfig.Builder builder = Packets.router();
        String ahead = options.remove("queue");
        StoryText.configure(builder, options);
        config = builder.build();
        router = new VirtualRouter(config, this::perform);
        queue = new AdvertisementQueue(router, ahead == null ? 0 : StoryText.nanos(ahead));
        local =
                IpAddress.parse(
                        options.getOrDefault("local", config.isIpv4() ? "10.9.0.1" : "fe80::1"));
        verbose = options.containsKey("verbose");
        nowNanos = 0;
        router.handleLocalAddress(local, true, nowNanos);
    }

    private void reconfigure(Map<String, String> options) {
        VirtualRouterConfig.Builder builder = config.toBuilder();
        StoryText.configure(builder, options);
        config = builder.build();
        router.reconfigure(config, nowNanos);
    }

    private void local(String what) {
        if (what.equals("lost")) {
            router.handleLocalAddressLost(nowNanos);
        } else {
            router.handleLocalAddress(local, what.equals("usable"), nowNanos);
        }
    }

    private void tracker(String name, String report) {
        switch (report) {
            case "up" -> router.handleTracker(name, true, nowNanos);
            case "down" -> router.handleTracker(name, false, nowNanos);
            default -> router.handleTrackerValue(name, Integer.parseInt(report), nowNanos);
        }
    }

    /** A peer with the same configuration, but for what the options say. */
    private void hear(String priority, Map<String, String> options) {
        String source = options.getOrDefault("from", config.isIpv4() ? "10.9.0.2" : "fe80::2");
        ReceivedPacket packet =
                new HeardPacket(config, options)
                        .packet(
                                Integer.parseInt(priority),
                                IpAddress.parse(source),
                                local,
                                nowNanos);
        router.handlePacket(packet, nowNanos);
    }

    private void driveUntil(long untilNanos) {
        while (nextNanos() <= untilNanos) {
            nowNanos = Math.max(nowNanos, nextNanos());
            sendQueued();
            router.handleDeadline(nowNanos);
            queue.fill(nowNanos);
        }
        nowNanos = untilNanos;
    }

    private long nextNanos() {
        long queued = Math.min(queue.nextSendNanos(), queue.nextFillNanos());
        return Math.min(router.nextDeadlineNanos(), queued);
    }

    private void sleep(long nanos) {
        nowNanos += nanos;
        sendQueued();
    }

    private void sendQueued() {
        for (AdvertisementQueue.Entry next = queue.poll(nowNanos);
                next != null;
                next = queue.poll(nowNanos)) {
            trace.happened(
                    StoryText.time(next.nanos())
                            + "  from the queue: "
                            + StoryText.action(next.advertisement(), verbose));
        }
        queue.report();
    }

    private void show() {
        long deadline = router.nextDeadlineNanos();
        StringBuilder more = new StringBuilder();
        for (PacketRejection rejection : PacketRejection.values()) {
            long dropped = router.counters().rejected(rejection);
            more.append(dropped > 0 ? ", dropped " + dropped + " " + rejection : "");
        }
        long waited = router.counters().promotionsHeldBack();
        long unsent = router.counters().sendsWithoutAddress();
        more.append(waited > 0 ? ", held back " + waited : "");
        more.append(unsent > 0 ? ", not sent " + unsent : "");
        trace.happened(
                router.state()
                        + ", priority "
                        + router.effectivePriority()
                        + ", "
                        + (router.isStopped() ? "stopped" : "running")
                        + ", next "
                        + (deadline == VirtualRouter.NO_DEADLINE
                                ? "never"
                                : "at " + StoryText.time(deadline))
                        + more);
    }

    private void show(PeerSnapshot peer) {
        trace.happened(
                peer.address()
                        + ": taken "
                        + peer.accepted()
                        + ", the last "
                        + StoryText.time(peer.lastAcceptedNanos())
                        + " with priority "
                        + peer.priority()
                        + " and "
                        + peer.checksumForm()
                        + "; dropped "
                        + peer.rejected()
                        + (peer.lastRejection() == null
                                ? ""
                                : ", the last for " + peer.lastRejection()));
    }

    private void perform(Action action) {
        if (action instanceof Action.CancelAdvertisements) {
            queue.cancel();
        } else if (action instanceof Action.SendAdvertisement send) {
            out.clear();
            router.encode(send, config.destinations().group(config.isIpv4()), nowNanos, out);
        }
        trace.happened(StoryText.time(nowNanos) + "  " + StoryText.action(action, verbose));
    }
}
