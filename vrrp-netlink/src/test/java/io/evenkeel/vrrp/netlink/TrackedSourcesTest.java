package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.TrackedProcess.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and processes that feed trackers. */
class TrackedSourcesTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir Path directory;
    private final List<String> reports = new ArrayList<>();
    private Path file = Path.of("none");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("value");
    }

    private FileSource file(Integer initial, boolean overwritten) {
        TrackedFile tracked =
                new TrackedFile("load", file.toString(), 1, false, initial, overwritten);
        return new FileSource(tracked, (tracker, value) -> reports.add(tracker + "=" + value));
    }

    @Test
    void aFileIsReportedWhenItsNumberChanges() throws IOException {
        FileSource source = file(null, false);
        source.poll(0);
        Files.writeString(file, "-10\n");
        source.poll(0);
        source.poll(0);
        Files.writeString(file, " 7 ");
        source.poll(0);
        Files.writeString(file, "");
        source.poll(0);
        assertEquals(
                List.of("file load=0", "file load=-10", "file load=7", "file load=0"), reports);
    }

    @Test
    void whatIsNoNumberSaysWhatItSaidBefore() throws IOException {
        FileSource source = file(null, false);
        for (String text : List.of("5", "five", "99999999999", "1".repeat(5000), "6")) {
            Files.writeString(file, text);
            source.poll(0);
        }
        assertEquals(List.of("file load=5", "file load=6"), reports);
    }

    @ParameterizedTest(name = "initial {0}, overwritten {1}, there is {2}: {3}")
    @CsvSource({
        ",   false, ,  ",
        "3,  false, ,  3",
        "3,  false, 9, 9",
        "3,  true,  9, 3",
    })
    void anInitialValueIsWrittenWhereItIsWanted(
            Integer initial, boolean overwritten, String content, String expected)
            throws IOException {
        if (content != null) {
            Files.writeString(file, content);
        }
        file(initial, overwritten).prepare();
        assertEquals(expected, Files.exists(file) ? Files.readString(file).strip() : null);
    }

    @ParameterizedTest(name = "{0} of {1} by {2}: {3}")
    @CsvSource({
        "/usr/sbin/nginx -g x, /usr/sbin/nginx -g x,   COMMAND_LINE,         true",
        "/usr/sbin/nginx -g x, /usr/sbin/nginx -g,     COMMAND_LINE,         false",
        "/usr/sbin/nginx -g x, /usr/sbin/nginx -g,     FIRST_ARGUMENTS,      true",
        "/usr/sbin/nginx,      /usr/sbin/nginx -g,     FIRST_ARGUMENTS,      false",
        "/usr/sbin/nginx -g x, /usr/sbin/nginx,        FIRST_ARGUMENTS,      true",
        "java -jar app-1.jar,  java -jar app,          LAST_ARGUMENT_PREFIX, true",
        "java -jar app-1.jar,  java -j,                LAST_ARGUMENT_PREFIX, false",
        "java -cp app-1.jar,   java -jar app,          LAST_ARGUMENT_PREFIX, false",
    })
    void aCommandLineIsMatched(String has, String wants, Match match, boolean expected) {
        assertEquals(
                expected,
                ProcessTable.matches(List.of(has.split(" ")), List.of(wants.split(" ")), match));
    }

    @Test
    void processesAreCountedByNameAsTheKernelCutsIt() throws IOException {
        process("1", "init", "/sbin/init\0");
        process("20", "a-very-long-nam", "/opt/a-very-long-name\0-x\0");
        process("21", "a-very-long-nam", "/opt/a-very-long-name\0\0");
        Files.createDirectories(directory.resolve("sys"));
        ProcessTable table = new ProcessTable(directory);
        assertEquals(2, table.count(process(List.of("/opt/a-very-long-name"), Match.NAME, 1, 9)));
        assertEquals(1, table.count(process(List.of("init"), Match.NAME, 1, 9)));
        assertEquals(
                1,
                table.count(
                        process(List.of("/opt/a-very-long-name", "-x"), Match.COMMAND_LINE, 1, 9)));
    }

    private void process(String pid, String name, String commandLine) throws IOException {
        Path process = Files.createDirectories(directory.resolve(pid));
        Files.writeString(process.resolve("comm"), name + "\n");
        Files.writeString(process.resolve("cmdline"), commandLine);
    }

    private static TrackedProcess process(List<String> command, Match match, int least, int most) {
        return new TrackedProcess(
                "app", command, match, 0, false, least, most, 2 * SECOND, 3 * SECOND);
    }

    @Test
    void aProcessIsUpWhenItHasBeenForItsDelayAndFailedLikewise() throws IOException {
        ProcessSource source =
                new ProcessSource(
                        process(List.of("app"), Match.NAME, 1, 1),
                        new ProcessTable(directory),
                        (tracker, up) -> reports.add(tracker + (up ? " up" : " down")));
        source.poll(0);
        assertEquals(List.of("process app down"), reports, "at the start there is no delay");
        process("7", "app", "app\0");
        source.poll(SECOND);
        source.poll(3 * SECOND - 1);
        assertEquals(1, reports.size());
        source.poll(3 * SECOND);
        assertEquals("process app up", reports.get(1));
        process("8", "app", "app\0");
        source.poll(4 * SECOND);
        source.poll(6 * SECOND);
        Files.delete(directory.resolve("8").resolve("comm"));
        source.poll(6 * SECOND + 1);
        source.poll(60 * SECOND);
        assertEquals(2, reports.size(), "one too many, but not for three seconds");
        process("9", "app", "app\0");
        source.poll(61 * SECOND);
        source.poll(64 * SECOND);
        assertEquals("process app down", reports.get(2));
    }
}
