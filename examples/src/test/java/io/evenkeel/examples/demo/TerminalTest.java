package io.evenkeel.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void withoutALiveTerminalLinesArePlainAndNothingIsDrawn() {
        Terminal terminal = terminal(false, 24);

        terminal.draw(List.of(StyledLine.of("block")));
        terminal.print(new StyledLine().add(Style.GOOD, "done"));
        terminal.release();

        assertEquals("done\n", written());
    }

    @Test
    void aBlockIsDrawnOverTheOneBefore() {
        Terminal terminal = terminal(true, 24);

        terminal.draw(List.of(StyledLine.of("one"), StyledLine.of("two")));
        assertFalse(written().contains("\u001b[2A"), "nothing to go back over yet");
        terminal.draw(List.of(StyledLine.of("three")));

        assertTrue(written().contains("\u001b[2A\rthree\u001b[K\n\u001b[J"), written());
    }

    @Test
    void theCursorIsHiddenWhileDrawingAndGivenBack() {
        Terminal terminal = terminal(true, 24);

        terminal.draw(List.of(StyledLine.of("one")));
        terminal.release();

        assertTrue(written().contains("\u001b[?25l"));
        assertTrue(written().endsWith("\u001b[?25h"));
    }

    @Test
    void aBlockHigherThanTheTerminalIsCutSoThatGoingBackOverItWorks() {
        Terminal terminal = terminal(true, 5);
        List<StyledLine> block =
                IntStream.range(0, 9).mapToObj(i -> StyledLine.of("line" + i)).toList();

        terminal.draw(block);
        terminal.draw(block);

        assertTrue(written().contains("\u001b[4A"));
        assertFalse(written().contains("line4"));
    }

    @Test
    void theLocaleSaysWhetherTheTerminalKnowsUnicode() {
        assertEquals(Glyphs.UNICODE, Glyphs.forEnvironment(Map.of("LANG", "de_DE.UTF-8")));
        assertEquals(Glyphs.UNICODE, Glyphs.forEnvironment(Map.of("LC_ALL", "C.utf8")));
        assertEquals(Glyphs.ASCII, Glyphs.forEnvironment(Map.of("LANG", "C")));
        assertEquals(Glyphs.ASCII, Glyphs.forEnvironment(Map.of()));
        assertEquals(
                Glyphs.ASCII,
                Glyphs.forEnvironment(Map.of("LC_ALL", "POSIX", "LANG", "en_US.UTF-8")),
                "LC_ALL overrules LANG");
    }

    private Terminal terminal(boolean live, int rows) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new Terminal(out, live, live, Glyphs.UNICODE, 80, rows);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
