package io.evenkeel.examples.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The stage that needs nothing: nodes as processes that exchange VRRP over loopback UDP, servers and
 * client in this process. A server knows the node that asks by the address on which it was asked.
 */
final class LoopbackStage implements Stage {
    private static final int SERVERS = 3;

    private final LoopbackAddresses addresses;
    private final Journal journal;
    private final List<DemoNode> nodes;
    private final List<DemoServer> servers;
    private @Nullable RequestClient client;
    private boolean closed;

    LoopbackStage(Journal journal, Path directory) throws IOException {
        this.journal = journal;
        this.addresses = LoopbackAddresses.choose(new Random(), SERVERS);
        this.nodes =
                List.of(
                        node(1, Timing.FIRST_PRIORITY, directory),
                        node(2, Timing.SECOND_PRIORITY, directory));
        List<DemoServer> list = new ArrayList<>();
        for (int i = 1; i <= SERVERS; i++) {
            InetSocketAddress first = addresses.server(i, 1);
            list.add(
                    new NamedServer(
                            "server" + i,
                            addresses.server(i),
                            exchange ->
                                    exchange.getLocalAddress().equals(first) ? "node1" : "node2"));
        }
        this.servers = List.copyOf(list);
    }

    private DemoNode node(int number, int priority, Path directory) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--priority=" + priority);
        arguments.add("--address=" + text(addresses.virtual()));
        arguments.add("--local=" + text(addresses.node(number)));
        arguments.add("--peer=" + text(addresses.node(3 - number)));
        for (int i = 1; i <= SERVERS; i++) {
            arguments.add("--server=server" + i + "=" + text(addresses.server(i, number)));
        }
        List<String> command = JavaCommand.of(DemoNodeCommand.class, arguments);
        return new DemoNode("node" + number, priority, command, directory, journal);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public String description() {
        return "two JVMs, VRRP over loopback every "
                + Timing.show(Timing.ADVERTISEMENT_INTERVAL)
                + ", no root";
    }

    @Override
    public String url() {
        return "http://" + text(addresses.virtual()) + "/";
    }

    @Override
    public List<DemoNode> nodes() {
        return nodes;
    }

    @Override
    public List<DemoServer> servers() {
        return servers;
    }

    @Override
    public synchronized void open() throws IOException {
        // The nodes first: a JVM starts while the servers here come up.
        for (DemoNode node : nodes) {
            node.launch();
        }
        for (DemoServer server : servers) {
            server.start();
        }
    }

    @Override
    public synchronized void startClient() {
        if (!closed) {
            client =
                    new RequestClient(
                            addresses.virtual(),
                            Timing.CLIENT_PACE,
                            Timing.CLIENT_TIMEOUT,
                            journal);
        }
    }

    @Override
    public void verifyOwner(DemoNode node) {
        // On loopback there is no address table and no ARP to look at: the listener is the address.
    }

    @Override
    public long sharedNanos(long fromNanos, long toNanos) {
        long from = Math.max(nodes.get(0).servingSinceNanos(), nodes.get(1).servingSinceNanos());
        long to = Math.max(nodes.get(0).quietSinceNanos(), nodes.get(1).quietSinceNanos());
        return Math.max(0, Math.min(to, toNanos) - Math.max(from, fromNanos));
    }

    @Override
    public List<String> hints() {
        return List.of("curl " + url());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (client != null) {
            client.close();
        }
        nodes.forEach(DemoNode::close);
        servers.forEach(DemoServer::close);
    }
}
