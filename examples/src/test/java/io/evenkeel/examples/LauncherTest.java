package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command prints and returns before it touches the host. */
class LauncherTest {
    private static final String KEEPALIVED =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                priority 100
                virtual_ipaddress {
                    192.0.2.100
                }
            }
            """;
    private static final String HAPROXY =
            """
            frontend web
                bind 192.0.2.100:80
                default_backend servers
            backend servers
                server one 192.0.2.1:80 check
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void checkSaysWhatItUnderstoodOfARightConfiguration() throws IOException {
        int code =
                run(
                        "check",
                        "--keepalived",
                        file("keepalived.conf", KEEPALIVED),
                        "--haproxy",
                        file("haproxy.cfg", HAPROXY));

        assertEquals(ExitCode.DONE, code, err.toString());
        assertTrue(out.toString().contains("VI_1: VRRPv2, VRID 51 on eth0"), out.toString());
        assertTrue(out.toString().contains("192.0.2.100:80 to backend servers"), out.toString());
    }

    @Test
    void everyProblemOfBothFilesIsPrintedInOnePass() throws IOException {
        String keepalived =
                file("keepalived.conf", KEEPALIVED.replace("51", "256").replace("100\n", "300\n"));
        String haproxy =
                file(
                        "haproxy.cfg",
                        HAPROXY.replace("default_backend servers", "default_backend nowhere"));

        int code = run("run", "--keepalived", keepalived, "--haproxy", haproxy);

        assertEquals(ExitCode.CONFIGURATION, code);
        assertProblem(keepalived + ":3: ");
        assertProblem(keepalived + ":4: ");
        assertProblem(haproxy + ":3: ");
        assertTrue(!err.toString().contains("\tat "), "a stack trace: " + err);
    }

    @Test
    void udpSectionsAreShownToo() throws IOException {
        String haproxy =
                file(
                        "haproxy.cfg",
                        """
                        udp-lb dns
                            dgram-bind 127.0.0.1:5353
                            server r1 127.0.0.1:53
                        """);

        assertEquals(ExitCode.DONE, run("check", "--haproxy", haproxy));

        assertTrue(
                out.toString().contains("udp frontend dns: 127.0.0.1:5353 to backend dns"),
                out.toString());
    }

    @Test
    void aFileThatIsMissingOrADirectoryIsAProblemOfThatFile() {
        String missing = folder.resolve("absent.conf").toString();

        assertEquals(
                ExitCode.CONFIGURATION,
                run("check", "--keepalived", missing, "--haproxy", folder.toString()));

        assertProblem(missing + ":1: the file does not exist");
        assertProblem(folder + ":1: the file is a directory");
    }

    @Test
    void whatHasNoEndIsNoConfiguration() throws IOException {
        String including = file("keepalived.conf", "include /dev/zero\n");

        assertEquals(
                ExitCode.CONFIGURATION,
                run("check", "--keepalived", including, "--haproxy", "/dev/zero"));

        assertProblem(
                "warning: "
                        + including
                        + ":1: the file '/dev/zero' is not included: it is longer than 16777216 bytes");
        assertProblem("/dev/zero:1: the file is longer than 16777216 bytes");
    }

    @Test
    void moreServersThanABackendTakesAreAProblemOfTheFile() throws IOException {
        StringBuilder text = new StringBuilder(HAPROXY);
        for (int i = 0; i < 65_535; i++) {
            text.append("    server s").append(i).append(" 127.0.0.1:80\n");
        }
        String haproxy = file("haproxy.cfg", text.toString());

        assertEquals(ExitCode.CONFIGURATION, run("check", "--haproxy", haproxy));

        assertProblem(
                haproxy + ":65540: with this line backend 'servers' would have 65536 servers");
    }

    @Test
    void aProblemIsNoLongerThanAnybodyReads() throws IOException {
        String keepalived = file("keepalived.conf", "x".repeat(1_000_000));

        assertEquals(ExitCode.CONFIGURATION, run("check", "--keepalived", keepalived));

        assertProblem(keepalived + ":1: unknown keyword 'xxx");
        assertTrue(err.toString().length() < 10_000, () -> err.toString().length() + " chars");
    }

    @Test
    void filesWithNothingInThemAreNotRun() throws IOException {
        assertEquals(
                ExitCode.CONFIGURATION,
                run("run", "--keepalived", file("keepalived.conf", "! nothing yet\n")));
        assertTrue(err.toString().contains("there is nothing to run"), err.toString());
    }

    @Test
    void whatAFileHoldsDoesNotReachTheTerminalAsControlSequences() throws IOException {
        String keepalived = file("keepalived.conf", "\033[2Jnonsense\n");

        assertEquals(ExitCode.CONFIGURATION, run("check", "--keepalived", keepalived));

        assertProblem(keepalived + ":1: ");
        assertTrue(err.toString().contains("\\x1b[2Jnonsense"), err.toString());
    }

    @Test
    void aWrongCommandLineIsNotAWrongConfiguration() throws IOException {
        assertEquals(ExitCode.USAGE, run());
        assertEquals(ExitCode.USAGE, run("check"));
        assertEquals(ExitCode.USAGE, run("check", "--nonsense"));
        assertEquals(ExitCode.USAGE, run("fly"));
        assertEquals(ExitCode.USAGE, run("check", "--keepalived", "a\0b"));
        assertEquals(ExitCode.USAGE, run("check", "--keepalived", ""));
        assertEquals(ExitCode.USAGE, run("run", "--haproxy="));
        assertEquals(
                ExitCode.USAGE,
                run("run", "--drain", "-1", "--haproxy", file("haproxy.cfg", HAPROXY)));
    }

    @Test
    void versionAndHelpAreNoErrors() {
        assertEquals(ExitCode.DONE, run("--version"));
        assertTrue(out.toString().startsWith("evenkeel "), out.toString());
        assertEquals(ExitCode.DONE, run("--help"));
        assertTrue(out.toString().contains("Exit codes:"), out.toString());
    }

    private void assertProblem(String start) {
        assertTrue(
                err.toString().lines().anyMatch(line -> line.startsWith(start)),
                "no line starts with " + start + " in:\n" + err);
    }

    private int run(String... args) {
        CommandLine line = Evenkeel.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
