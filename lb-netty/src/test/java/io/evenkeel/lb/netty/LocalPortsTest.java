package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host that has a range of ten local ports; it is a network namespace, which root may make. */
class LocalPortsTest {
    private static final Pattern COUNTS =
            Pattern.compile(
                    "served=(\\d+) ports=(\\d+) retries=0 usable=true changes=1\\s*",
                    Pattern.DOTALL);

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes());
        return process.waitFor() == 0 ? output : "failed " + output;
    }

    private static List<String> inNamespace(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return command;
    }

    @ParameterizedTest
    @EnumSource
    void withoutALocalPortClientsAreResetAndNoHealthSuffers(Transport transport) throws Exception {
        assumeTrue(run(inNamespace("true")).isEmpty(), "network namespaces cannot be made");
        String told =
                run(
                        inNamespace(
                                "ip link set lo up"
                                        + " && echo 40000 40009 >/proc/sys/net/ipv4/ip_local_port_range"
                                        + " && exec \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                PortsMain.class.getName(),
                                transport.name()));
        Matcher counts = COUNTS.matcher(told);
        assertTrue(counts.matches(), told);
        int served = Integer.parseInt(counts.group(1));
        assertTrue(served > 0 && served <= 10, told);
        assertEquals(20 - served, Integer.parseInt(counts.group(2)), told);
    }
}
