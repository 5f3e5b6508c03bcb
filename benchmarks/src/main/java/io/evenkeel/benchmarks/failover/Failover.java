package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabException;
import io.evenkeel.examples.lab.NetworkLab;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that measures: {@code benchmarks/failover}. */
@Command(
        name = "benchmarks/failover",
        sortOptions = false,
        description = {
            "Measures failover between real processes of Evenkeel and keepalived in network namespaces of its own.",
            "Needs root, ip, tcpdump and keepalived. Everything is removed at the end, also after Ctrl-C."
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 a target was missed, 2 the command line is wrong, 3 it cannot be measured here."
        })
final class Failover implements Callable<Integer> {
    private static final int MISSED = 1;
    private static final int IMPOSSIBLE = 3;

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "Which to measure, several with commas; all if not given. See --list.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Say which scenarios there are, and end.")
    private boolean list;

    @Option(
            names = "--full",
            description =
                    "As often and as long as for the published figures; otherwise a quick look.")
    private boolean full;

    @Option(names = "--runs", paramLabel = "N", description = "How often, of what is repeated.")
    private @Nullable Integer runs;

    @Option(names = "--seconds", paramLabel = "N", description = "How long, of what goes on.")
    private @Nullable Integer seconds;

    @Option(
            names = "--pair",
            split = ",",
            paramLabel = "ACTIVE:BACKUP",
            description =
                    "Only these two, such as evenkeel:keepalived; the scenario's own pairs if not given.")
    private List<String> pairs = List.of();

    @Option(
            names = "--pause-tolerance",
            paramLabel = "MILLIS",
            description = "Evenkeel's pause tolerance, 0 for none; its default if not given.")
    private @Nullable Integer pauseTolerance;

    @Option(
            names = "--live-mb",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "busy-*: live objects; the more, the longer the pauses. ${DEFAULT-VALUE} if not given.")
    private int liveMegabytes;

    @Option(
            names = "--collect-every",
            paramLabel = "MILLIS",
            defaultValue = "1000",
            description =
                    "busy-*: between two whole collections, 0 for none; ${DEFAULT-VALUE} if not given.")
    private int collectEveryMillis;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "For Evenkeel's JVMs, such as -XX:+UseZGC; may be repeated.")
    private List<String> javaOptions = List.of();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the tables there as well.")
    private @Nullable Path csv;

    @Option(
            names = "--keep",
            paramLabel = "DIRECTORY",
            description = "Leave configurations, captures and logs there.")
    private @Nullable Path keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and end.")
    private boolean help;

    @Spec private CommandSpec spec;

    private static final List<Scenario> SCENARIOS =
            List.of(
                    new PlannedStop(),
                    new LinkCut(),
                    new KilledActive(),
                    new BusyHost(1),
                    new BusyHost(2),
                    new PausedBackup(),
                    new HungActive(),
                    new CpuUse(),
                    new ManyRouters(),
                    new DeletedAddress());

    private Failover() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Failover()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = System.out;
        if (list) {
            SCENARIOS.forEach(s -> out.printf("%-16s %s%n", s.name(), s.description()));
            return 0;
        }
        List<Scenario> chosen = chosen();
        List<Pair> chosenPairs = chosenPairs();
        String cause = NetworkLab.unavailabilityCause();
        if (cause != null) {
            System.err.println("failover: " + cause);
            return IMPOSSIBLE;
        }
        try (Workplace workplace = Workplace.open(keep)) {
            Settings settings =
                    new Settings(
                            full,
                            runs,
                            seconds,
                            chosenPairs,
                            pauseTolerance,
                            new Load(liveMegabytes, collectEveryMillis),
                            javaOptions,
                            workplace,
                            System.err);
            return measure(chosen, settings, out);
        } catch (SetupException | LabException e) {
            System.err.println("failover: " + e.getMessage());
            return IMPOSSIBLE;
        }
    }

    private int measure(List<Scenario> chosen, Settings settings, PrintStream out)
            throws IOException {
        out.println(Machine.describe());
        StringBuilder machineReadable = new StringBuilder(Table.csvHeader());
        boolean missed = false;
        for (Scenario scenario : chosen) {
            settings.tell("%s: %s", scenario.name(), scenario.description());
            List<Row> rows = scenario.measure(settings);
            out.println();
            out.print(Table.plain(scenario.name() + ": " + scenario.description(), rows));
            machineReadable.append(Table.csv(scenario.name(), rows));
            missed |= rows.stream().anyMatch(row -> Boolean.FALSE.equals(row.isMet()));
            if (csv != null) {
                Files.writeString(csv, machineReadable);
            }
        }
        return missed ? MISSED : 0;
    }

    private List<Scenario> chosen() {
        List<Scenario> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(
                    SCENARIOS.stream()
                            .filter(scenario -> scenario.name().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new ParameterException(
                                                    spec.commandLine(),
                                                    "There is no scenario "
                                                            + name
                                                            + "; --list says which there are.")));
        }
        return names.isEmpty() ? SCENARIOS : chosen;
    }

    private List<Pair> chosenPairs() {
        try {
            return pairs.stream().map(Pair::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
