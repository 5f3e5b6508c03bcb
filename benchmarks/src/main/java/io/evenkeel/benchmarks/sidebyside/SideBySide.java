package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that compares: {@code benchmarks/side-by-side}. */
@Command(
        name = "benchmarks/side-by-side",
        sortOptions = false,
        description = {
            "Compares Evenkeel with HAProxy in TCP mode, with and without splice-auto, and with nginx stream: the same backends, the same"
                    + " load, in turn.",
            "Uses loopback only. Everything that was started is ended, also after Ctrl-C."
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 something could not be measured, 2 the command line is wrong, 3 it cannot be measured here."
        })
final class SideBySide implements Callable<Integer> {
    private static final int INCOMPLETE = 1;
    private static final int IMPOSSIBLE = 3;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often, after a warm-up; ${DEFAULT-VALUE} if not given.")
    private int rounds;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ROW",
            description =
                    "Only these: connections, kept-alive-1, kept-alive-64, kept-alive-512 (or kept-alive for the three), bulk-down, bulk-up (or"
                            + " bulk), beside-bulk, latency, sessions, start.")
    private List<String> only = List.of();

    @Option(
            names = "--contestants",
            split = ",",
            paramLabel = "NAME",
            description = "Only these of haproxy, haproxy-splice, nginx and evenkeel.")
    private @Nullable List<String> names;

    @Option(
            names = "--contestant",
            paramLabel = "NAME=COMMAND",
            description =
                    "One more, by a shell command in which {} is the path of a haproxy.cfg, such as 'serial=JAVA_OPTS=-XX:+UseSerialGC"
                            + " ./evenkeel run --haproxy {}'; may be repeated.")
    private List<String> further = List.of();

    @Option(
            names = "--reference",
            paramLabel = "NAME",
            description =
                    "Whom ratios are to; if not given, haproxy, and haproxy-splice for bulk rows, or else the first contestant.")
    private @Nullable String reference;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "4",
            description = "How long each row of requests lasts; ${DEFAULT-VALUE} if not given.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Requests per second of the latency rows; if not given, half of what the reference could answer.")
    private @Nullable Double rate;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "5000",
            description = "How many sessions idle; ${DEFAULT-VALUE} if not given.")
    private int sessions;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where the figures go, as CSV; benchmarks/results/side-by-side.csv if not given.")
    private @Nullable Path output;

    @Option(
            names = "--home",
            paramLabel = "DIRECTORY",
            required = true,
            hidden = true,
            description = "The checkout; benchmarks/side-by-side gives it.")
    private Path home;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and end.")
    private boolean help;

    @Spec private CommandSpec spec;

    private SideBySide() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SideBySide()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || seconds < 1 || sessions < 1 || (rate != null && !(rate > 0))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds, --seconds, --rate and --sessions take numbers above 0.");
        }
        Settings settings =
                new Settings(
                        rounds,
                        seconds,
                        rate,
                        sessions,
                        only,
                        output != null
                                ? output
                                : home.resolve("benchmarks/results/side-by-side.csv"));
        try {
            List<Contestant> contestants = contestants();
            Results results = results(contestants);
            Programs.require(contestants);
            return compare(settings, contestants, results);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (SideBySideException e) {
            System.err.println("side-by-side: " + e.getMessage());
            return IMPOSSIBLE;
        }
    }

    private int compare(Settings settings, List<Contestant> contestants, Results results)
            throws IOException {
        results.note("date", LocalDate.now().toString());
        results.note("rounds", Integer.toString(settings.rounds()));
        results.note("seconds", Integer.toString(settings.seconds()));
        Machine.describe(results, contestants, home);
        results.circumstances().forEach((name, value) -> System.out.println(name + ": " + value));
        if (results.circumstances().containsKey(Machine.BUSY)) {
            System.err.println(
                    "side-by-side: WARNING: this machine is busy, and what is measured now says little.");
        }
        try (Scratch scratch = Scratch.create();
                Arena arena = Arena.open(Place.ofThisProcess(), scratch, contestants)) {
            List<Measurement> chosen =
                    Measurements.chosen(
                            Measurements.all(settings, arena, results), settings.only());
            new Rounds(arena, chosen, settings, results, System.err).run();
        }
        System.out.println();
        System.out.print(Table.of(results));
        System.out.println("All figures are in " + settings.output());
        return !results.failures().isEmpty() ? INCOMPLETE : 0;
    }

    private List<Contestant> contestants() {
        List<Contestant> usual = Contestant.usual(home.resolve("evenkeel"));
        List<Contestant> chosen = new ArrayList<>();
        if (names == null) {
            chosen.addAll(usual);
        } else {
            for (String name : names) {
                chosen.add(
                        usual.stream()
                                .filter(contestant -> contestant.name().equals(name))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "--contestants has no " + name + ".")));
            }
        }
        further.forEach(text -> chosen.add(Contestant.parse(text)));
        Set<String> seen = new HashSet<>(Set.of(Figure.DIRECT));
        for (Contestant contestant : chosen) {
            if (!seen.add(contestant.name())) {
                throw new IllegalArgumentException(
                        "The name %s is taken.".formatted(contestant.name()));
            }
        }
        return chosen;
    }

    private Results results(List<Contestant> contestants) {
        List<String> all = contestants.stream().map(Contestant::name).toList();
        if (reference != null) {
            if (!all.contains(reference)) {
                throw new IllegalArgumentException(
                        "--reference has no contestant " + reference + ".");
            }
            return Results.startedWith(reference, reference);
        }
        String usual = all.contains(Contestant.HAPROXY) ? Contestant.HAPROXY : all.get(0);
        return Results.startedWith(
                usual, all.contains(Contestant.HAPROXY_SPLICE) ? Contestant.HAPROXY_SPLICE : usual);
    }
}
