package io.evenkeel.examples.it;

import static java.util.Objects.requireNonNull;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node of stock keepalived, with stock HAProxy beside it where it balances. */
final class StockNode implements Node {
    private final LabHost host;
    private final Path keepalivedConf;
    private final @Nullable Path haproxyCfg;
    private final List<String> wrapper;
    private final List<LabProcess> processes = new ArrayList<>();

    StockNode(
            LabHost host,
            String keepalivedConf,
            @Nullable String haproxyCfg,
            List<String> wrapper) {
        this.host = host;
        this.wrapper = wrapper;
        this.keepalivedConf = Configs.write(host.directory(), "keepalived.conf", keepalivedConf);
        this.haproxyCfg =
                haproxyCfg == null
                        ? null
                        : Configs.write(host.directory(), "haproxy.cfg", haproxyCfg);
    }

    @Override
    public LabHost host() {
        return host;
    }

    @Override
    public void start() {
        processes.clear();
        if (haproxyCfg != null) {
            // HAProxy binds the address before the host owns it only if the host allows it.
            host.run("sysctl", "-q", "-w", "net.ipv4.ip_nonlocal_bind=1");
            processes.add(
                    host.start(
                            "haproxy", List.of(program("haproxy"), "-db", "-f", "" + haproxyCfg)));
        }
        Path directory = host.directory();
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(
                List.of(
                        program("keepalived"),
                        "--dont-fork",
                        "--log-console",
                        "--log-detail",
                        "--no-syslog",
                        "--vrrp",
                        "--use-file=" + keepalivedConf,
                        "--pid=" + directory.resolve("keepalived.pid"),
                        "--vrrp_pid=" + directory.resolve("vrrp.pid")));
        processes.add(host.start("keepalived", command));
    }

    @Override
    public boolean isRunning() {
        return !processes.isEmpty() && processes.stream().allMatch(LabProcess::isAlive);
    }

    @Override
    public void stop() {
        processes.forEach(LabProcess::terminate);
        processes.forEach(process -> process.awaitExit(30, TimeUnit.SECONDS));
    }

    @Override
    public void crash() {
        processes.forEach(LabProcess::kill);
    }

    private static String program(String name) {
        return requireNonNull(Requirements.find(name)).toString();
    }
}
