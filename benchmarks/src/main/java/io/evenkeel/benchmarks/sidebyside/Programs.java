package io.evenkeel.benchmarks.sidebyside;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The programs that a run needs, and the Debian packages that have them. */
final class Programs {
    static final String STREAM_MODULE = "/usr/lib/nginx/modules/ngx_stream_module.so";

    private static final Map<String, String> PACKAGES =
            Map.of("haproxy", "haproxy", "nginx", "nginx-light", "wrk", "wrk", "curl", "curl");

    private Programs() {}

    /** Looks for all of them at once. */
    static void require(List<Contestant> contestants) {
        List<String> programs = new ArrayList<>(List.of("nginx", "wrk", "curl"));
        boolean haproxy = contestants.stream().anyMatch(c -> c.command().contains("haproxy -f"));
        if (haproxy) {
            programs.add("haproxy");
        }
        Set<String> missing = new TreeSet<>();
        programs.stream()
                .filter(program -> !isInstalled(program))
                .forEach(program -> missing.add(PACKAGES.getOrDefault(program, program)));
        boolean stream =
                contestants.stream().anyMatch(c -> c.configuration() == Configuration.NGINX_STREAM);
        if (stream && !Files.isReadable(Path.of(STREAM_MODULE))) {
            missing.add("libnginx-mod-stream");
        }
        if (!missing.isEmpty()) {
            throw new SideBySideException(
                    "These Debian packages are missing: %s. Install them with apt-get install -y --no-install-recommends %s"
                            .formatted(String.join(", ", missing), String.join(" ", missing)));
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(path().split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Where programs are looked for: HAProxy and nginx are not on everybody's path. */
    static String path() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.asList(path.split(File.pathSeparator)).contains("/usr/sbin")
                ? path
                : path + ":/usr/sbin:/sbin";
    }
}
