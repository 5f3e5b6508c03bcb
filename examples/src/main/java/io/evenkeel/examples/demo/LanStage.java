package io.evenkeel.examples.demo;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.NetworkLab;
import io.evenkeel.examples.lab.OwnershipWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stage on a LAN of network namespaces, each host in its own: VRRP is multicast, the address is
 * put on an interface by netlink and announced by gratuitous ARP. A server knows the node that asks
 * by its source address.
 */
final class LanStage implements Stage {
    private static final String NETWORK = "192.168.1.";
    private static final String VIRTUAL = NETWORK + "100";
    private static final String CLIENT = NETWORK + "50";
    private static final int PORT = 80;
    private static final int SERVERS = 3;
    private static final Duration SAMPLING = Duration.ofMillis(3);

    private final Journal journal;
    private final NetworkLab lab;
    private final LabHost clientHost;
    private final List<LabHost> nodeHosts = new ArrayList<>();
    private final List<DemoNode> nodes = new ArrayList<>();
    private final List<DemoServer> servers = new ArrayList<>();
    private final OwnershipWatch owners;
    private @Nullable RequestClient client;
    private @Nullable Process janitor;
    private boolean closed;

    /** Builds the LAN; {@code directory} takes the nodes' logs. */
    LanStage(Journal journal, Path directory) {
        this.journal = journal;
        this.lab = NetworkLab.create(directory.resolve("lab"));
        addNode("node1", Timing.FIRST_PRIORITY, NETWORK + "11", directory);
        addNode("node2", Timing.SECOND_PRIORITY, NETWORK + "12", directory);
        Map<String, String> nodeByAddress =
                Map.of(NETWORK + "11", "node1", NETWORK + "12", "node2");
        for (int i = 1; i <= SERVERS; i++) {
            String address = serverAddress(i);
            LabHost host = lab.addHost("server" + i, "eth0", address + "/24");
            NamedServer server =
                    new NamedServer(
                            "server" + i,
                            List.of(new InetSocketAddress(address, PORT)),
                            exchange -> name(exchange.getRemoteAddress(), nodeByAddress));
            servers.add(new LanServer(server, host));
        }
        this.clientHost = lab.addHost("client", "eth0", CLIENT + "/24");
        this.owners = OwnershipWatch.start(nodeHosts, Set.of(VIRTUAL), SAMPLING);
    }

    private static String name(InetSocketAddress peer, Map<String, String> nodeByAddress) {
        InetAddress address = peer.getAddress();
        return nodeByAddress.getOrDefault(address.getHostAddress(), "nobody");
    }

    private static String serverAddress(int server) {
        return NETWORK + (100 + server);
    }

    private void addNode(String name, int priority, String address, Path directory) {
        LabHost host = lab.addHost(name, "eth0", address + "/24");
        nodeHosts.add(host);
        List<String> arguments = new ArrayList<>();
        arguments.add("--priority=" + priority);
        arguments.add("--address=" + VIRTUAL + ":" + PORT);
        arguments.add("--interface=" + host.interfaceName());
        for (int i = 1; i <= SERVERS; i++) {
            arguments.add("--server=server" + i + "=" + serverAddress(i) + ":" + PORT);
        }
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host.namespace()));
        command.addAll(JavaCommand.of(DemoNodeCommand.class, arguments));
        nodes.add(new DemoNode(name, priority, command, directory, journal));
    }

    @Override
    public String description() {
        return "six network namespaces: VRRP multicast, netlink, ARP";
    }

    @Override
    public String url() {
        return "http://" + VIRTUAL + "/";
    }

    @Override
    public List<DemoNode> nodes() {
        return nodes;
    }

    @Override
    public List<DemoServer> servers() {
        return servers;
    }

    /**
     * Watches over the namespaces in case that this process is killed: nodes end with their standard
     * input, but a namespace stays until somebody removes it.
     */
    private Process startJanitor() throws IOException {
        String client = clientHost.namespace();
        String prefix = client.substring(0, client.length() - clientHost.name().length());
        // Ctrl-C reaches the janitor too, and is no reason to leave.
        String script =
                "trap '' INT TERM HUP; cat >/dev/null; cd /run/netns || exit 0;"
                        + " for name in "
                        + prefix
                        + "*; do [ -e \"$name\" ] && ip netns del \"$name\"; done";
        return new ProcessBuilder("sh", "-c", script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public synchronized void open() throws IOException {
        janitor = startJanitor();
        for (DemoNode node : nodes) {
            node.launch();
        }
        for (DemoServer server : servers) {
            server.start();
        }
    }

    @Override
    public synchronized void startClient() throws IOException {
        if (closed) {
            return;
        }
        try {
            // The client's thread is begun in the host, and so are the sockets that it opens.
            client =
                    clientHost.call(
                            () ->
                                    new RequestClient(
                                            new InetSocketAddress(VIRTUAL, PORT),
                                            Timing.CLIENT_PACE,
                                            Timing.CLIENT_TIMEOUT,
                                            journal));
        } catch (Exception e) {
            throw new IOException("The client cannot be started in its host: " + e, e);
        }
    }

    @Override
    public void verifyOwner(DemoNode node) throws StepFailure {
        Set<String> holders = owners.owners(VIRTUAL);
        Scene.claim(
                holders.contains(node.name()),
                VIRTUAL + " is on the interface of " + holders + ", not of " + node.name());
        LabHost learnt = lab.hostWithMac(clientHost.neighbour(VIRTUAL));
        Scene.claim(
                learnt != null && learnt.name().equals(node.name()),
                "The client's ARP entry for " + VIRTUAL + " leads to " + learnt);
    }

    @Override
    public long sharedNanos(long fromNanos, long toNanos) {
        return owners.timeline(VIRTUAL).nanosWithOwners(2, fromNanos, toNanos);
    }

    @Override
    public List<String> hints() {
        return List.of("ip netns exec " + clientHost.namespace() + " curl -s " + url());
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
        owners.close();
        nodes.forEach(DemoNode::close);
        servers.forEach(DemoServer::close);
        lab.close();
        dismissJanitor();
    }

    private void dismissJanitor() {
        if (janitor == null) {
            return;
        }
        try {
            janitor.getOutputStream().close();
        } catch (IOException e) {
            janitor.destroyForcibly();
        }
    }
}
