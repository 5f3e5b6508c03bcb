package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scripts, files and processes that are defined, the interfaces that are named, and which of all these are tracked. */
final class Sources {
    private final Findings findings;
    private final Map<String, ScriptReader> scripts = new LinkedHashMap<>();
    private final Map<String, TrackFileReader> files = new LinkedHashMap<>();
    private final Map<String, TrackProcessReader> processes = new LinkedHashMap<>();
    private final Map<String, TrackedInterface> interfaces = new LinkedHashMap<>();
    private final Set<String> tracked = new HashSet<>();

    Sources(Findings findings) {
        this.findings = findings;
    }

    void readScript(Statement statement) {
        ScriptReader script = new ScriptReader(statement, findings);
        if (!script.name().isBlank()) {
            ScriptReader namesake = scripts.putIfAbsent(script.name(), script);
            defined(statement, script.name(), namesake == null ? null : namesake.place());
        }
    }

    void readFile(Statement statement) {
        TrackFileReader file = new TrackFileReader(statement, findings);
        TrackFileReader namesake = files.putIfAbsent(file.name(), file);
        defined(statement, file.name(), namesake == null ? null : namesake.place());
    }

    void readProcess(Statement statement) {
        TrackProcessReader process = new TrackProcessReader(statement, findings);
        TrackProcessReader namesake = processes.putIfAbsent(process.name(), process);
        defined(statement, process.name(), namesake == null ? null : namesake.place());
    }

    private void defined(Statement statement, String name, @Nullable Place earlier) {
        if (earlier != null) {
            findings.error(
                    statement.place(),
                    statement.name()
                            + " '"
                            + name
                            + "' is defined on "
                            + earlier.seenFrom(statement.place())
                            + " already; give this one another name");
        } else if (name.isBlank()) {
            findings.error(
                    statement.place(),
                    "'" + statement.name() + "' has an empty name; give it one to track it by");
        }
    }

    /** Returns the tracker's name: scripts have their own, the others say what they are. */
    static String trackerName(TrackedSource line) {
        return switch (line.kind()) {
            case SCRIPT -> line.name();
            case FILE -> "file " + line.name();
            case PROCESS -> "process " + line.name();
            case INTERFACE -> "interface " + line.name();
        };
    }

    /** Returns the tracker of a line, or reports why there is none and returns null. */
    @Nullable Tracker tracker(TrackedSource line) {
        Weights defaults = defaults(line);
        if (defaults == null) {
            return null;
        }
        Integer weight = line.weight();
        Boolean inverted = line.inverted();
        return new Tracker(
                trackerName(line),
                weight == null ? defaults.weightOrZero() : weight,
                inverted == null ? defaults.inverted() : inverted,
                0);
    }

    /** Notes that a router tracks what the line names, so that it is looked at. */
    void track(TrackedSource line) {
        tracked.add(trackerName(line));
        if (line.kind() == TrackedSource.Kind.INTERFACE) {
            interfaces.putIfAbsent(line.name(), new TrackedInterface(line.name()));
        }
    }

    private @Nullable Weights defaults(TrackedSource line) {
        String name = line.name();
        switch (line.kind()) {
            case SCRIPT -> {
                ScriptReader script = scripts.get(name);
                return script == null ? unknown(line, scripts.keySet()) : script.weights();
            }
            case FILE -> {
                TrackFileReader file = files.get(name);
                return file == null ? unknown(line, files.keySet()) : file.weights();
            }
            case PROCESS -> {
                TrackProcessReader process = processes.get(name);
                return process == null ? unknown(line, processes.keySet()) : process.weights();
            }
            case INTERFACE -> {
                try {
                    new TrackedInterface(name);
                    return new Weights(0);
                } catch (IllegalArgumentException e) {
                    findings.error(line.place(), Sentences.lower(String.valueOf(e.getMessage())));
                }
            }
        }
        return null;
    }

    private @Nullable Weights unknown(TrackedSource line, Set<String> names) {
        String nearest = Nearest.of(line.name(), names);
        findings.error(
                line.place(),
                "there is no "
                        + line.kind().source()
                        + " '"
                        + line.name()
                        + "' to track; "
                        + (nearest == null
                                ? "define it or correct the name"
                                : "did you mean '" + nearest + "'?"));
        return null;
    }

    /**
     * Returns the scripts that are tracked; the others are warned about.
     *
     * @param usual as whom those run that do not say so
     */
    List<VrrpScript> scripts(Account usual) {
        List<VrrpScript> built = new ArrayList<>();
        for (ScriptReader reader : scripts.values()) {
            VrrpScript script = reader.script(usual);
            if (!tracked.contains(reader.name())) {
                unused(reader.place(), "vrrp_script", reader.name(), "runs");
            } else if (script != null) {
                built.add(script);
            }
        }
        return built;
    }

    /** Returns the files that are tracked; the others are warned about. */
    List<TrackedFile> files() {
        List<TrackedFile> built = new ArrayList<>();
        for (TrackFileReader reader : files.values()) {
            TrackedFile file = reader.file();
            if (!tracked.contains("file " + reader.name())) {
                unused(reader.place(), "vrrp_track_file", reader.name(), "is read");
            } else if (file != null) {
                built.add(file);
            }
        }
        return built;
    }

    /** Returns the processes that are tracked; the others are warned about. */
    List<TrackedProcess> processes() {
        List<TrackedProcess> built = new ArrayList<>();
        for (TrackProcessReader reader : processes.values()) {
            TrackedProcess process = reader.process();
            if (!tracked.contains("process " + reader.name())) {
                unused(reader.place(), "vrrp_track_process", reader.name(), "is looked for");
            } else if (process != null) {
                built.add(process);
            }
        }
        return built;
    }

    List<TrackedInterface> interfaces() {
        return List.copyOf(interfaces.values());
    }

    private void unused(Place place, String directive, String name, String never) {
        findings.warning(
                place,
                directive + " '" + name + "' is tracked by no vrrp_instance and never " + never);
    }
}
