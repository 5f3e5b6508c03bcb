package io.evenkeel.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StyledLineTest {
    @Test
    void columnsCountCharactersNotEscapeSequences() {
        StyledLine line = new StyledLine().add(Style.GOOD, "ab").to(5).add("c");

        assertEquals("ab   c", line.render(false, 80));
        assertEquals("\u001b[32mab\u001b[0m   c", line.render(true, 80));
    }

    @Test
    void aColumnAlreadyPassedIsKeptApartByOneSpace() {
        assertEquals("abcdef g", StyledLine.of("abcdef").to(3).add("g").toString());
    }

    @Test
    void textThatEndsAtAColumnIsAlignedRight() {
        assertEquals(
                "n     42", StyledLine.of("n").endingAt(8, Style.PLAIN, "42").render(false, 80));
    }

    @Test
    void aLineTooLongIsCutAtTheWidthAndItsColourEnded() {
        StyledLine line = new StyledLine().add("ab").add(Style.BAD, "cdef").add("g");

        assertEquals("abcd", line.render(false, 4));
        assertEquals("ab\u001b[1;31mcd\u001b[0m", line.render(true, 4));
    }
}
