package io.evenkeel.benchmarks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedTextTest {
    @Test
    void putsTheSameInItsPlaceTwiceAndNothingChanges() {
        MarkedText once = new MarkedText("<!-- a: begin -->\n<!-- a: end -->\n").with("a", "x");
        assertEquals("<!-- a: begin -->\n\nx\n\n<!-- a: end -->\n", once.text());
        assertEquals(once, once.with("a", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!-- a: begin -->\n",
                "<!-- a: end -->\n",
                "<!-- a: end -->\n<!-- a: begin -->\n",
                "<!-- a: begin -->\n<!-- a: begin -->\n<!-- a: end -->\n",
                "<!-- a: begin -->\n<!-- a: end -->\n<!-- a: end -->\n",
                "<!-- b: begin -->\n<!-- b: end -->\n"
            })
    void refusesADocumentWithoutBothMarkersOnceAndInOrder(String text) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class, () -> new MarkedText(text).with("a", "x"));
        assertEquals(
                "The document needs a line <!-- a: begin --> and after it a line <!-- a: end -->, once each.",
                refusal.getMessage());
    }
}
