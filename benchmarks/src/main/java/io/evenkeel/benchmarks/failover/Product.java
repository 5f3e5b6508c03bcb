package io.evenkeel.benchmarks.failover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What runs on a host. */
enum Product {
    EVENKEEL("Evenkeel", "went from \\S+ to BACKUP", "went from \\S+ to ACTIVE"),
    KEEPALIVED("keepalived", "Entering BACKUP STATE", "Entering MASTER STATE");

    private final String title;
    private final Pattern listening;
    private final Pattern promotion;

    Product(String title, String listening, String promotion) {
        this.title = title;
        this.listening = Pattern.compile(listening);
        this.promotion = Pattern.compile(promotion);
    }

    /** The command that runs it in the foreground with {@code file}, a keepalived.conf. */
    List<String> command(Path file, Load load, Settings settings) {
        return this == EVENKEEL ? evenkeel(file, load, settings) : keepalived(file);
    }

    /** Whether its log says that it is a Backup by now, or was one. */
    boolean isUp(String log) {
        return listening.matcher(log).find();
    }

    /** How often its log says that it became Active. */
    long promotions(String log) {
        return promotion.matcher(log).results().count();
    }

    private static List<String> evenkeel(Path file, Load load, Settings settings) {
        List<String> command = new ArrayList<>();
        if (Runtime.getRuntime().availableProcessors() > Load.CORES && load.isHeavy()) {
            command.addAll(List.of("taskset", "-c", "0-" + (Load.CORES - 1)));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(load.javaOptions(file.resolveSibling("gc.log")));
        command.addAll(settings.javaOptions());
        command.addAll(List.of("-cp", Settings.classPath(), MeasuredNode.class.getName()));
        command.addAll(load.arguments());
        if (settings.pauseTolerance() != null) {
            command.add("--pause-tolerance=" + settings.pauseTolerance());
        }
        command.add(file.toString());
        return command;
    }

    private static List<String> keepalived(Path file) {
        return List.of(
                Programs.require("keepalived"),
                "--dont-fork",
                "--log-console",
                "--log-detail",
                "--no-syslog",
                "--vrrp",
                "--use-file=" + file,
                "--pid=" + file.resolveSibling("keepalived.pid"),
                "--vrrp_pid=" + file.resolveSibling("vrrp.pid"));
    }

    /** Reads {@code evenkeel} or {@code keepalived}. */
    static Product parse(String text) {
        return Arrays.stream(values())
                .filter(product -> product.title.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + text + "' is neither evenkeel nor keepalived."));
    }

    @Override
    public String toString() {
        return title;
    }
}
