package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Action;
import io.evenkeel.vrrp.HeardAdvertisement;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares what is heard on the LANs with the virtual routers that are to run. Each of them listens in a machine of its own whose
 * timers never run and whose actions nobody performs, so that it says what it would say when it runs, and does nothing.
 */
final class LanCheck implements LanEars.Hearing {
    /** From here on a sender did not just take over or release. */
    private static final int STEADY = 2;

    private final List<Listener> listeners = new ArrayList<>();
    private final Map<Sender, Heard> heard = new TreeMap<>();

    /** Who was heard where. */
    private record Sender(String interfaceName, boolean ipv4, int vrid, String address)
            implements Comparable<Sender> {
        private static final Comparator<Sender> ORDER =
                Comparator.comparing(Sender::interfaceName)
                        .thenComparing(Sender::vrid)
                        .thenComparing(Sender::ipv4)
                        .thenComparing(Sender::address);

        @Override
        public int compareTo(Sender other) {
            return ORDER.compare(this, other);
        }
    }

    /** The last of so many advertisements, counted on one of the sockets that hear them. */
    private record Heard(PortKey key, HeardAdvertisement last, int count) {}

    LanCheck(List<VirtualRouterConfig> routers, HostView view, long nowNanos) {
        routers.forEach(router -> listeners.add(new Listener(router, view, nowNanos)));
    }

    @Override
    public void hear(PortKey key, HeardAdvertisement advertisement, ReceivedPacket packet) {
        Sender sender =
                new Sender(
                        key.interfaceName(),
                        key.ipv4(),
                        advertisement.virtualRouterId(),
                        advertisement.source().toString());
        Heard before = heard.get(sender);
        if (before == null) {
            heard.put(sender, new Heard(key, advertisement, 1));
        } else if (before.key.equals(key)) {
            heard.put(sender, new Heard(key, advertisement, before.count + 1));
        }
        for (Listener listener : listeners) {
            if (listener.key.equals(key)) {
                listener.router.handlePacket(packet, packet.arrivalNanos());
            }
        }
    }

    /** Whether somebody was heard that has the address. */
    boolean isAdvertised(IpAddress address) {
        return heard.values().stream()
                .anyMatch(h -> h.last.priority() > 0 && h.last.addresses().contains(address));
    }

    /**
     * Says what was heard.
     *
     * @param length for how long
     */
    void report(List<String> interfaces, Duration length, Findings findings) {
        for (Listener listener : listeners) {
            report(listener, length, findings);
        }
        Map<String, List<Heard>> byRouter = new LinkedHashMap<>();
        heard.forEach(
                (sender, what) ->
                        byRouter.computeIfAbsent(where(sender), key -> new ArrayList<>())
                                .add(what));
        byRouter.forEach((where, senders) -> reportActives(where, senders, findings));
        heard.forEach(
                (sender, what) -> {
                    if (listeners.stream().noneMatch(l -> l.isSameRouter(sender))) {
                        findings.note(
                                LanEars.LAN,
                                where(sender)
                                        + " is in use: "
                                        + describe(what.last)
                                        + ". Choose another VRID for any other virtual router there.");
                    }
                });
        if (heard.isEmpty()) {
            findings.ok(
                    LanEars.LAN,
                    "Nobody speaks VRRP on "
                            + String.join(", ", interfaces)
                            + "; listened for "
                            + length.toMillis()
                            + " ms.");
        }
    }

    private void report(Listener listener, Duration length, Findings findings) {
        VirtualRouterConfig config = listener.config;
        String subject = InterfaceCheck.subject(config);
        listener.sentences.forEach(sentence -> findings.warning(subject, sentence));
        List<Heard> peers =
                heard.entrySet().stream()
                        .filter(entry -> listener.isSameRouter(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
        if (peers.isEmpty()) {
            findings.note(
                    subject,
                    "Nobody was heard with VRID "
                            + config.virtualRouterId()
                            + " on "
                            + config.interfaceName()
                            + " in "
                            + length.toMillis()
                            + " ms. That is right if no other router is Active now, or it runs on this host; else look at the"
                            + " packet filters and the switch (protocol 112).");
        } else if (listener.sentences.isEmpty()) {
            peers.forEach(
                    peer ->
                            findings.ok(
                                    subject, "Active on the LAN: " + describe(peer.last) + "."));
        }
    }

    private static void reportActives(String where, List<Heard> senders, Findings findings) {
        List<String> steady =
                senders.stream()
                        .filter(sender -> sender.count >= STEADY && sender.last.priority() > 0)
                        .map(sender -> sender.last.source().toString())
                        .toList();
        if (steady.size() > 1) {
            findings.warning(
                    LanEars.LAN,
                    where
                            + " has several Actives at once: "
                            + String.join(" and ", steady)
                            + ". Either they do not hear each other (multicast, packet filters, another password or checksum), or"
                            + " they are of two clusters, of which one needs another virtual_router_id.");
        }
    }

    private static String where(Sender sender) {
        return "VRID "
                + sender.vrid
                + " on "
                + sender.interfaceName
                + (sender.ipv4 ? "" : " (IPv6)");
    }

    private static String describe(HeardAdvertisement said) {
        return said.source()
                + " advertises "
                + said.addresses().stream().map(Object::toString).collect(Collectors.joining(", "))
                + " (VRRPv"
                + said.version()
                + ", priority "
                + said.priority()
                + ", every "
                + said.intervalCentis() * 10
                + " ms)";
    }

    /** A virtual router that listens for as long as the inspection does. */
    private static final class Listener {
        final VirtualRouterConfig config;
        final PortKey key;
        final VirtualRouter router;
        final List<String> sentences = new ArrayList<>();

        Listener(VirtualRouterConfig config, HostView view, long nowNanos) {
            this.config = config;
            key = PortKey.of(config);
            router = new VirtualRouter(listening(config), this::take);
            SendAddress source = new SendAddress(config.isIpv4(), config.sourceAddress());
            Link link = view.link(config.interfaceName());
            if (link != null) {
                source.take(view.addresses(), link.index());
            }
            router.handleLocalAddress(source.address(), true, nowNanos);
            router.handleWallClock(System.currentTimeMillis() * 1_000_000 - nowNanos);
            router.startup(nowNanos);
        }

        /** The same router as a Backup that hears from the start. */
        private static VirtualRouterConfig listening(VirtualRouterConfig config) {
            VirtualRouterConfig.Builder builder =
                    config.toBuilder().trackers(List.of()).startDelay(Duration.ZERO);
            return config.isOwner() ? builder.priority(254).build() : builder.build();
        }

        boolean isSameRouter(Sender sender) {
            return sender.interfaceName.equals(config.interfaceName())
                    && sender.ipv4 == config.isIpv4()
                    && sender.vrid == config.virtualRouterId();
        }

        private void take(Action action) {
            if (action instanceof Action.Notify notify
                    && (notify.event() instanceof VrrpEvent.PeerDiffers
                            || notify.event() instanceof VrrpEvent.PacketRejected)) {
                sentences.add(notify.event().sentence());
            }
        }
    }
}
