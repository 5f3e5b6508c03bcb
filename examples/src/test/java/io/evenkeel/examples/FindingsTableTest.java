package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.netlink.HostFinding;
import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings on paper. */
class FindingsTableTest {
    private static final List<HostFinding> FINDINGS =
            List.of(
                    new HostFinding(Severity.OK, "kernel", "Linux 6.1."),
                    new HostFinding(
                            Severity.NOTE,
                            "rp_filter on eth0",
                            "It is strict, and that bites hard."),
                    new HostFinding(Severity.ERROR, "rights", "None."));

    @Test
    void forAProgramEachIsOneLine() {
        assertEquals(
                """
                ok       kernel             Linux 6.1.
                note     rp_filter on eth0  It is strict, and that bites hard.
                ERROR    rights             None.
                1 error, 0 warnings, 1 note: the host refuses.
                """,
                text(new FindingsTable(Integer.MAX_VALUE, false)));
    }

    @Test
    void onATerminalSentencesAreWrappedUnderTheirBeginning() {
        assertEquals(
                """
                ok       kernel             Linux 6.1.
                note     rp_filter on eth0  It is strict, and that bites
                                            hard.
                ERROR    rights             None.
                1 error, 0 warnings, 1 note: the host refuses.
                """,
                text(new FindingsTable(58, false)));
    }

    @Test
    void onATerminalTheSeverityHasAColour() {
        String text = text(new FindingsTable(100, true));
        assertTrue(text.contains("\u001b[1;31mERROR  \u001b[0m  rights"), text);
        assertFalse(text(new FindingsTable(100, false)).contains("\u001b"));
    }

    @Test
    void aNameDoesNotReachTheTerminalAsAControlSequence() {
        String text =
                new FindingsTable(100, true)
                        .render(
                                List.of(
                                        new HostFinding(
                                                Severity.NOTE, "\u001b[2J", "\u001b[2J is it.")));
        assertFalse(text.contains("\u001b[2J"));
        assertTrue(text.contains("\\x1b[2J is it."), text);
    }

    @Test
    void nothingFoundIsNothingWrong() {
        assertEquals(
                "0 errors, 0 warnings, 0 notes.\n",
                new FindingsTable(100, false).render(List.of()).replace("\r", ""));
    }

    private static String text(FindingsTable table) {
        return table.render(FINDINGS).replace("\r", "");
    }
}
