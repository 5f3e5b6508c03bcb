package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpScript;
import io.evenkeel.vrrp.VrrpState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** One service on the loopback network, with what it holds and what it told. */
final class LoopbackNode implements AutoCloseable {
    private static final VirtualAddress VIP = VirtualAddress.of(IpAddress.parse("127.77.0.100"));

    private final Set<VirtualAddress> held = ConcurrentHashMap.newKeySet();
    private final List<VrrpEvent> events = new CopyOnWriteArrayList<>();
    private final VrrpService service;

    LoopbackNode(
            InetSocketAddress local,
            List<InetSocketAddress> peers,
            VirtualRouterConfig config,
            List<VrrpScript> scripts,
            VrrpListener listener) {
        AddressHolder holder =
                new AddressHolder() {
                    @Override
                    public void acquire(VirtualAddress address) {
                        held.add(address);
                    }

                    @Override
                    public void release(VirtualAddress address) {
                        held.remove(address);
                    }
                };
        service =
                VrrpService.builder()
                        .router(config)
                        .scripts(scripts)
                        .listener(events::add)
                        .listener(listener)
                        .network(VrrpNetwork.loopback(local, peers, holder))
                        .build();
    }

    static VirtualRouterConfig.Builder config(int priority, Duration interval) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("lo")
                .priority(priority)
                .advertisementInterval(interval)
                .addresses(List.of(VIP));
    }

    VrrpService service() {
        return service;
    }

    List<VrrpEvent> events() {
        return events;
    }

    RouterSnapshot snapshot() {
        return service.snapshot().routers().get(0);
    }

    VrrpState state() {
        return snapshot().state();
    }

    boolean isHolding() {
        return held.contains(VIP);
    }

    void awaitState(VrrpState state) throws Exception {
        await(state.toString(), node -> node.state() == state);
    }

    void awaitPriority(int priority) throws Exception {
        await("priority " + priority, node -> node.snapshot().priority() == priority);
    }

    void awaitHolding(boolean holding) throws Exception {
        await("holding " + holding, node -> node.isHolding() == holding);
    }

    void await(String what, Predicate<LoopbackNode> condition) throws Exception {
        Conditions.await(what, () -> condition.test(this));
    }

    @Override
    public void close() {
        service.close();
    }
}
