package io.evenkeel.examples.demo;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.netty.ProxyStartException;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.vrrp.netlink.VrrpNetwork;
import io.evenkeel.vrrp.netlink.VrrpService;
import io.evenkeel.vrrp.netlink.VrrpStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One node of the demo, a process of its own; started by {@link DemoCommand} and of no use alone. */
@Command(name = "demo-node", hidden = true)
public final class DemoNodeCommand implements Callable<Integer> {
    private static final int HOST_REFUSES = 3;
    private static final int ORPHANED = 4;

    @Option(names = "--priority", required = true)
    private int priority;

    @Option(names = "--address", required = true, description = "The virtual address and port.")
    private String address = "";

    @Option(names = "--local", description = "Where to hear VRRP over loopback.")
    private @Nullable String local;

    @Option(names = "--peer", description = "Where the other node hears it.")
    private @Nullable String peer;

    @Option(names = "--interface", description = "The LAN, instead of loopback.")
    private String interfaceName = "lo";

    @Option(names = "--server", required = true, description = "NAME=HOST:PORT")
    private Map<String, String> servers = Map.of();

    /** Called by the command line, which sets the options. */
    public DemoNodeCommand() {}

    /** Runs a node. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoNodeCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        NodeConfig config = new NodeConfig(priority, address, interfaceName, servers);
        boolean onLoopback = local != null && peer != null;
        NodeReport report = new NodeReport(System.out, !onLoopback);
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config.proxy())
                        .eventLoops(1)
                        .listening(!onLoopback)
                        .build();
        VrrpService service =
                VrrpService.builder()
                        .router(config.router())
                        .network(onLoopback ? loopback(proxy, report) : VrrpNetwork.linux())
                        .listener(report)
                        .build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, proxy), "node-stop"));
        try {
            proxy.start();
            Backend backend = proxy.backend(NodeConfig.BACKEND);
            report.watch(backend);
            report.awaitFirstChecks(backend);
            report.ready();
            return obey(service);
        } catch (ProxyStartException | VrrpStartException e) {
            System.err.println(e.getMessage());
            return HOST_REFUSES;
        }
    }

    private VrrpNetwork loopback(TcpProxy proxy, NodeReport report) {
        return VrrpNetwork.loopback(
                NodeConfig.socketAddress(String.valueOf(local)),
                List.of(NodeConfig.socketAddress(String.valueOf(peer))),
                new ListenerHolder(proxy, report));
    }

    /** Does what the demo says on standard input, and ends with it. */
    private static int obey(VrrpService service) throws IOException, VrrpStartException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("join")) {
                service.start();
            }
        }
        // The demo is gone. What it leaves behind must not go on advertising.
        Runtime.getRuntime().halt(ORPHANED);
        return ORPHANED;
    }

    /** SIGTERM: hand over, then end as a planned stop does, with 0 and not with 143. */
    private static void stop(VrrpService service, TcpProxy proxy) {
        service.close();
        proxy.close();
        Runtime.getRuntime().halt(0);
    }
}
