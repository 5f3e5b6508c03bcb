package io.evenkeel.examples.it;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node of Evenkeel: the launcher's {@code run} in a JVM of its own. */
final class EvenkeelNode implements Node {
    private final LabHost host;
    private final List<String> command;
    private @Nullable LabProcess process;

    /**
     * @param wrapper comes before {@code java}, and must exec what follows it
     */
    EvenkeelNode(
            LabHost host,
            @Nullable String keepalivedConf,
            @Nullable String haproxyCfg,
            List<String> wrapper) {
        this.host = host;
        Path directory = host.directory();
        command = new ArrayList<>(wrapper);
        command.addAll(Launcher.command("run"));
        if (keepalivedConf != null) {
            Path file = Configs.write(directory, "keepalived.conf", keepalivedConf);
            command.addAll(List.of("--keepalived", file.toString()));
        }
        if (haproxyCfg != null) {
            Path file = Configs.write(directory, "haproxy.cfg", haproxyCfg);
            command.addAll(List.of("--haproxy", file.toString()));
        }
    }

    @Override
    public LabHost host() {
        return host;
    }

    @Override
    public void start() {
        process = host.start("evenkeel", command);
    }

    @Override
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void stop() {
        if (process != null) {
            process.terminate();
            process.awaitExit(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void crash() {
        if (process != null) {
            process.kill();
        }
    }
}
