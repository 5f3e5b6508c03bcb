package io.evenkeel.examples;

import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.netlink.HostFinding;
import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import io.evenkeel.vrrp.netlink.HostInspection;
import io.evenkeel.vrrp.netlink.HostReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evenkeel doctor}: says what on this host or LAN will bite, and changes nothing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at this host and its LANs for what will bite virtual routers, and changes nothing.",
            "Run it as the user and in the place (unit, container) where 'run' is to run; as root it can listen for others.",
            "Exit codes: 0 nothing worse than warnings, 1 the file is wrong, 2 the command line is wrong, 3 the host refuses."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int LONGEST_LISTENING_SECONDS = 600;

    @Option(
            names = "--keepalived",
            paramLabel = "FILE",
            description =
                    "A keepalived.conf: looks at what its virtual routers need; without it, at what all need.")
    private @Nullable String keepalivedFile;

    @Option(
            names = "--config-id",
            paramLabel = "ID",
            description =
                    "The node for which lines of keepalived.conf with @ID count; the first part of the host's name by default.")
    private @Nullable String configId;

    @Option(
            names = "--listen",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description =
                    "How long to listen for other routers, 0 not to; ${DEFAULT-VALUE} if not given.")
    private int listenSeconds;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (listenSeconds < 0 || listenSeconds > LONGEST_LISTENING_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--listen takes 0 to "
                            + LONGEST_LISTENING_SECONDS
                            + " seconds, not "
                            + listenSeconds
                            + ".");
        }
        ConfigFiles files =
                ConfigFiles.read(
                        ConfigOptions.path(spec, "--keepalived", keepalivedFile),
                        null,
                        configId == null ? ConfigOptions.hostName() : configId);
        PrintWriter err = spec.commandLine().getErr();
        files.warnings().forEach(warning -> err.println("warning: " + warning));
        files.problems().forEach(err::println);
        err.flush();
        if (!files.problems().isEmpty()) {
            return ExitCode.CONFIGURATION;
        }
        KeepalivedConfig keepalived = files.keepalived();
        HostReport report = inspection(keepalived).run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(FindingsTable.ofThisTerminal().render(located(report, keepalived)));
        out.flush();
        return report.worst() == Severity.ERROR ? ExitCode.HOST : ExitCode.DONE;
    }

    private HostInspection inspection(@Nullable KeepalivedConfig keepalived) {
        Duration listening = Duration.ofSeconds(listenSeconds);
        return keepalived == null
                ? HostInspection.of(List.of()).withListening(listening)
                : HostInspection.of(keepalived.routers())
                        .withStaticAddresses(keepalived.staticAddresses())
                        .withThreadOptions(Node.threadOptions(keepalived))
                        .withListening(listening);
    }

    /** An error of a virtual router is one of its lines in the file; its name is whatever the file says. */
    private static List<HostFinding> located(
            HostReport report, @Nullable KeepalivedConfig keepalived) {
        List<String> routers =
                keepalived == null
                        ? List.of()
                        : keepalived.routers().stream().map(VirtualRouterConfig::name).toList();
        return report.findings().stream()
                .map(
                        finding ->
                                keepalived != null
                                                && finding.severity() == Severity.ERROR
                                                && routers.contains(finding.subject())
                                        ? new HostFinding(
                                                finding.severity(),
                                                finding.subject(),
                                                keepalived
                                                        .interfaceProblem(
                                                                finding.subject(),
                                                                finding.sentence())
                                                        .toString())
                                        : finding)
                .toList();
    }
}
