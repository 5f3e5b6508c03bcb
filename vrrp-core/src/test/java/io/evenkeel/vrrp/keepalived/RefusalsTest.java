package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden tables of what is refused and of what is warned about. */
class RefusalsTest {
    private static final String REFUSALS = "refusals.txt";
    private static final String WARNINGS = "warnings.txt";

    static List<Golden.Case> refusals() {
        return Golden.cases(REFUSALS);
    }

    static List<Golden.Case> warnings() {
        return Golden.cases(WARNINGS);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyProblemIsReportedAtItsLine(Golden.Case refused) {
        Golden.check(refused, problems(refused));
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void everyDifferenceIsNamedAtItsLine(Golden.Case accepted) {
        assertFalse(Golden.lines(accepted.read().warnings()).isEmpty(), "nothing to warn about");
        Golden.check(accepted, Golden.lines(accepted.read().warnings()));
    }

    @AfterAll
    static void writeGoldenFilesAnewOnDemand() {
        Golden.rewrite(REFUSALS, RefusalsTest::problems);
        Golden.rewrite(WARNINGS, accepted -> Golden.lines(accepted.read().warnings()));
    }

    private static String problems(Golden.Case refused) {
        return Golden.lines(assertThrows(ConfigException.class, refused::read).problems());
    }
}
