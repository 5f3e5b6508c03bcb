package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class PlainRunTest {
    @Test
    void itKnowsTheOptionsOfTheCommandAndNoOthers() {
        Set<String> declared =
                run().getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .flatMap(option -> Arrays.stream(option.names()))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(declared, new TreeSet<>(PlainRun.OPTIONS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --haproxy h.cfg",
                "run --haproxy=h.cfg --drain=7",
                "run --keepalived k.conf --haproxy /etc/a=b.cfg --transport NIO",
                "run --config-id one --keepalived=k=k.conf --transport Epoll --drain 0",
                "run --haproxy h.cfg --stick-store redis://:secret@127.0.0.1/lb",
            })
    void whatItReadsIsWhatTheLibraryReads(String text) {
        String[] line = text.split(" ");

        Map<String, String> read = PlainRun.options(line);

        assertEquals(
                Evenkeel.commandLine().parseArgs(line).subcommand().matchedOptions().stream()
                        .collect(
                                Collectors.toMap(
                                        OptionSpec::longestName,
                                        option -> option.stringValues().get(0))),
                read);
        assertNotNull(PlainRun.of(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check --haproxy h.cfg",
                "run --help",
                "run --haproxy",
                "run --haproxy h.cfg --help",
                "run --haproxy h.cfg more",
                "run --haproxy h.cfg --haproxy h.cfg",
                "run --haproxy=",
                "run --haproxy --drain",
                "run --haproxy @words",
                "run --haproxy \"h.cfg\"",
                "run --haproxy a\0b",
                "run --config-id one",
                "run --haproxy h.cfg --drain -1",
                "run --haproxy h.cfg --drain soon",
                "run --haproxy h.cfg --transport kqueue",
                "run --haproxy h.cfg --stick-store http://127.0.0.1",
                "run --nonsense h.cfg",
                "--haproxy h.cfg run",
            })
    void allElseIsForTheLibrary(String text) {
        assertNull(PlainRun.of(text.isEmpty() ? new String[0] : text.split(" ")));
    }

    private static CommandLine run() {
        return Evenkeel.commandLine().getSubcommands().get("run");
    }
}
