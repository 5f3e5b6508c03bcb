package io.evenkeel.examples;

import io.evenkeel.lb.netty.Transport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evenkeel run}: runs the configuration until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the virtual routers and the proxy of the files until it is told to stop.",
            "SIGTERM and SIGINT: hand the addresses over, drain, exit 0. SIGHUP: read the files again and run what they say now."
        })
final class RunCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description =
                    "How long open connections may go on after a stop; if not given, hard-stop-after of the haproxy.cfg, or else 5.")
    private @Nullable Integer drainSeconds;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description =
                    "What drives the proxy's sockets: io_uring, epoll or nio; if not given, epoll, or nio where there is none.")
    private @Nullable Transport transport;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (drainSeconds != null && drainSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--drain takes 0 or more seconds, not " + drainSeconds + ".");
        }
        return new NodeProcess(options::read, drainSeconds, transport)
                .run(spec.commandLine().getErr());
    }
}
