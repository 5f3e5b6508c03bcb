package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that soaks: {@code benchmarks/soak}. */
@Command(
        name = "benchmarks/soak",
        sortOptions = false,
        description = {
            "Runs the launcher under churn, flapping servers and changing configurations, compares every byte, and tells whether its"
                    + " memory, descriptors and threads stay flat.",
            "Uses loopback only. Ctrl-C ends it with what was found until then; everything that was started is ended."
        },
        footer = {
            "",
            "Exit codes: 0 nothing grew and no byte was lost, 1 otherwise, 2 the command line is wrong, 3 it cannot be done here."
        })
final class Soak implements Callable<Integer> {
    private static final int UNWELL = 1;
    private static final int IMPOSSIBLE = 3;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "How long the load lasts; ${DEFAULT-VALUE} if not given. May be a fraction.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of everything that is random; drawn and printed if not given.")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "150",
            description = "New connections per second; ${DEFAULT-VALUE} if not given.")
    private double rate;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "epoll",
            description =
                    "How the launcher drives its sockets: epoll, io_uring or nio; ${DEFAULT-VALUE} if not given.")
    private Transport transport;

    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            description =
                    "For the table, the samples (CSV), the plot (SVG), the log and histograms of the heap; soak-DATE if not given.")
    private @Nullable Path output;

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            required = true,
            hidden = true,
            description = "The command under test; benchmarks/soak gives it.")
    private Path launcher;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and end.")
    private boolean help;

    @Spec private CommandSpec spec;

    private Soak() {}

    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Soak())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (!(minutes > 0) || !(rate > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--minutes and --rate take numbers above 0.");
        }
        LocalDateTime now = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS);
        Path directory =
                output != null ? output : Path.of("soak-" + now.toString().replace(':', '-'));
        Files.createDirectories(directory);
        Settings settings =
                new Settings(
                        Duration.ofMillis((long) (minutes * 60_000)),
                        rate,
                        seed != null ? seed : new Random().nextInt(1_000_000),
                        transport,
                        launcher,
                        directory.toAbsolutePath());
        try {
            Machine.requireHangUpSignal();
            return soak(
                    settings,
                    now
                            + ", "
                            + Machine.describe()
                            + ", "
                            + transport.name().toLowerCase(Locale.ROOT));
        } catch (SoakException e) {
            System.err.println("soak: " + e.getMessage());
            return IMPOSSIBLE;
        } catch (IOException e) {
            System.err.println("soak: it cannot be done here: " + e);
            return IMPOSSIBLE;
        }
    }

    private static int soak(Settings settings, String heading) throws IOException {
        CountDownLatch reported = new CountDownLatch(1);
        boolean well;
        try (Soaking soaking = new Soaking(settings, System.err)) {
            Runtime.getRuntime().addShutdownHook(endsBefore(soaking, reported));
            IOException broken = null;
            try {
                soaking.run();
            } catch (IOException e) {
                broken = e;
            }
            Findings findings = soaking.findings(heading);
            well = broken == null && findings.isWell();
            report(findings, settings.output());
            System.out.printf(
                    "%,12d  visits left out, as too many were under way%n", soaking.leftOut());
            System.out.println(
                    "The proxy's log ended sessions with " + new TreeMap<>(soaking.causes()));
            System.out.println("Everything is in " + settings.output());
            if (broken != null) {
                System.err.println("soak: it ended early: " + broken);
            }
        } finally {
            reported.countDown();
        }
        return well ? 0 : UNWELL;
    }

    private static void report(Findings findings, Path directory) throws IOException {
        String table = Report.plain(findings);
        Files.writeString(directory.resolve("soak.md"), table);
        Files.writeString(directory.resolve("soak.csv"), Report.csv(findings));
        Files.writeString(directory.resolve("marks.csv"), Report.marksCsv(findings));
        Files.writeString(directory.resolve("soak.svg"), Plot.of(findings));
        System.out.println(table);
    }

    /** Ctrl-C ends the process only when what was found until then is told. */
    private static Thread endsBefore(Soaking soaking, CountDownLatch reported) {
        return new Thread(
                () -> {
                    soaking.interrupt();
                    try {
                        reported.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "soak-end");
    }
}
