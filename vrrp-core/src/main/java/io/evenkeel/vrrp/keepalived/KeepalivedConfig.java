package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import java.util.List;
import java.util.Map;

/**
 * What a {@code keepalived.conf} asks for.
 *
 * @param file the name the file was read under
 * @param routers one per {@code vrrp_instance}, in the order of the file
 * @param scripts the scripts that at least one router tracks; keepalived runs no others either
 * @param warnings what is read and has another meaning, or none, here; in the order of the lines
 * @param interfaceLines for each router's name the line of its {@code interface} directive
 */
public record KeepalivedConfig(
        String file,
        List<VirtualRouterConfig> routers,
        List<VrrpScript> scripts,
        List<ConfigProblem> warnings,
        Map<String, Integer> interfaceLines) {

    /** Copies the lists. */
    public KeepalivedConfig {
        routers = List.copyOf(routers);
        scripts = List.copyOf(scripts);
        warnings = List.copyOf(warnings);
        interfaceLines = Map.copyOf(interfaceLines);
    }

    /**
     * Returns a problem with a router's interface that only the host can know, such as its absence.
     *
     * @param router the router's name
     * @param message the sentence
     * @throws IllegalArgumentException when the file has no such router
     */
    public ConfigProblem interfaceProblem(String router, String message) {
        Integer line = interfaceLines.get(router);
        if (line == null) {
            throw new IllegalArgumentException(
                    "There is no virtual router '" + router + "' in " + file + ".");
        }
        return new ConfigProblem(file, line, message);
    }
}
