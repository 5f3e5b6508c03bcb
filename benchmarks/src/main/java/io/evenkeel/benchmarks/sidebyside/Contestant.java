package io.evenkeel.benchmarks.sidebyside;

import java.nio.file.Path;
import java.util.List;

/**
 * A proxy that takes part.
 *
 * @param name unique in a run
 * @param command for a shell, in which {@code {}} stands for the path of the configuration file
 * @param configuration what the file says
 */
record Contestant(String name, String command, Configuration configuration) {
    static final String HAPROXY = "haproxy";
    static final String HAPROXY_SPLICE = "haproxy-splice";
    static final String NGINX = "nginx";
    static final String EVENKEEL = "evenkeel";
    private static final String FILE = "{}";

    /**
     * Those that take part if nothing else is said.
     *
     * @param launcher of Evenkeel
     */
    static List<Contestant> usual(Path launcher) {
        return List.of(
                new Contestant(HAPROXY, "exec haproxy -f {}", Configuration.HAPROXY),
                new Contestant(HAPROXY_SPLICE, "exec haproxy -f {}", Configuration.HAPROXY_SPLICE),
                new Contestant(NGINX, "exec nginx -c {}", Configuration.NGINX_STREAM),
                new Contestant(
                        EVENKEEL,
                        "exec " + quoted(launcher) + " run --haproxy {}",
                        Configuration.HAPROXY));
    }

    /**
     * Reads {@code NAME=COMMAND}.
     *
     * @throws IllegalArgumentException if it is not that; the message says what it should be
     */
    static Contestant parse(String text) {
        int equals = text.indexOf('=');
        String name = text.substring(0, Math.max(0, equals)).strip();
        String command = text.substring(equals + 1).strip();
        if (!name.matches("[a-zA-Z0-9._-]+") || !command.contains(FILE)) {
            throw new IllegalArgumentException(
                    "--contestant takes NAME=COMMAND, with {} where the path of the haproxy.cfg belongs; '%s' is not that."
                            .formatted(text));
        }
        return new Contestant(name, command, Configuration.HAPROXY);
    }

    /** What to start. */
    List<String> shell(Path file) {
        return List.of("/bin/sh", "-c", command.replace(FILE, quoted(file)));
    }

    /** Its command as a reader of the figures wants it, without where the checkout happens to be. */
    String described(Path home) {
        String text =
                command.replace(quoted(home.resolve("evenkeel")), "./evenkeel")
                        .replaceFirst("^exec ", "");
        return configuration == Configuration.HAPROXY_SPLICE
                ? text + " with option splice-auto"
                : text;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
