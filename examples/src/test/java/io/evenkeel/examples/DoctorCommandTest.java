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

/** What {@code doctor} prints and returns on whatever host the tests run, with whatever rights. */
class DoctorCommandTest {
    private static final String KEEPALIVED =
            """
            vrrp_instance VI_1 {
                interface no-such-if
                virtual_router_id 51
                virtual_ipaddress {
                    192.0.2.100
                }
            }
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void itWorksWithoutAFileAndWithoutRights() {
        int code = run("doctor", "--listen", "0");
        String text = out.toString();
        assertEquals(text.contains("ERROR") ? ExitCode.HOST : ExitCode.DONE, code, text);
        assertTrue(
                text.lines().anyMatch(line -> line.matches("(ok|note) +kernel +Linux .*")), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("(ok|ERROR) +rights .*")), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("ok +jvm +Java .*")), text);
        assertTrue(text.matches("(?s).*\\d+ errors?, \\d+ warnings?, \\d+ notes?.*"), text);
    }

    @Test
    void whatTheHostLacksIsALineOfTheFile() throws IOException {
        String file = file(KEEPALIVED);
        int code = run("doctor", "--listen", "0", "--keepalived", file);
        assertEquals(ExitCode.HOST, code);
        assertTrue(
                out.toString()
                        .lines()
                        .anyMatch(
                                line ->
                                        line.startsWith("ERROR ")
                                                && line.contains(" " + file + ":2: ")
                                                && line.contains("no-such-if does not exist")),
                out.toString());
        assertTrue(out.toString().contains("the host refuses."), out.toString());
    }

    @Test
    void aWrongFileIsNotTheHostsFault() throws IOException {
        String file = file(KEEPALIVED.replace("51", "951"));
        assertEquals(ExitCode.CONFIGURATION, run("doctor", "--keepalived", file));
        assertTrue(err.toString().contains(file + ":3: "), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aWrongCommandLineIsNeither() {
        assertEquals(ExitCode.USAGE, run("doctor", "--listen", "-1"));
        assertEquals(ExitCode.USAGE, run("doctor", "--listen", "soon"));
        assertEquals(ExitCode.USAGE, run("doctor", "--haproxy", "x"));
        assertEquals(ExitCode.USAGE, run("doctor", "--keepalived", "a\0b"));
    }

    private int run(String... args) {
        CommandLine line = Evenkeel.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("keepalived.conf"), text).toString();
    }
}
