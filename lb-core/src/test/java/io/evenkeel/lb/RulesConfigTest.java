package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The rules of a frontend, as configured. */
class RulesConfigTest {
    private static FrontendConfig.Builder frontend() {
        return FrontendConfig.builder("web").bind("", 80);
    }

    private static void assertProblem(String expected, Executable step) {
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, step);
        assertEquals(expected, refused.getMessage());
    }

    @Test
    void aFrontendWithARuleNeedsNoDefaultBackend() {
        FrontendConfig config = frontend().useBackend("a", Condition.always()).build();
        assertNull(config.defaultBackend());
        assertProblem(
                "frontend[web].defaultBackend: is missing; say which backend gets the connections",
                () -> frontend().build());
        assertProblem(
                "frontend[web].defaultBackend: is missing; say which backend gets the connections",
                () -> frontend().defaultBackend("").useBackend("a", Condition.always()).build());
    }

    @Test
    void everyBackendThatARuleNamesMustBeThere() {
        FrontendConfig config =
                frontend()
                        .useBackend("a", Condition.always())
                        .useBackend("b", Condition.always())
                        .build();
        assertProblem(
                "proxy.frontend[web].useBackend[1]: there is no backend 'b'; there are a",
                () ->
                        new ProxyConfig(
                                List.of(config), List.of(BackendConfig.builder("a").build())));
    }

    @Test
    void rulesAtTheAcceptLookAtAddressesAndPortsOnly() {
        assertProblem(
                "frontend[web].connectionRule[1]: looks at the first bytes, of which none is there"
                        + " when a connection is accepted; make it a contentRule",
                () ->
                        frontend()
                                .defaultBackend("a")
                                .connectionRule(AccessRule.accept(Condition.source("::1")))
                                .connectionRule(AccessRule.reject(Condition.sni("a").not()))
                                .build());
    }

    @Test
    void theWaitIsATimeout() {
        assertProblem(
                "frontend[web].inspectDelay: is PT-1S, but must be from 0 (no wait) to 2147483647"
                        + " ms",
                () -> frontend().defaultBackend("a").inspectDelay(Duration.ofSeconds(-1)).build());
    }

    @Test
    void frontendsOfDifferentRulesAreDifferent() {
        List<UnaryOperator<FrontendConfig.Builder>> changes =
                List.of(
                        builder -> builder,
                        builder -> builder.inspectDelay(Duration.ofSeconds(1)),
                        builder -> builder.useBackend("a", Condition.always()),
                        builder -> builder.useBackend("a", Condition.never()),
                        builder -> builder.contentRule(AccessRule.accept(Condition.always())),
                        builder -> builder.contentRule(AccessRule.reject(Condition.always())),
                        builder -> builder.connectionRule(AccessRule.accept(Condition.always())));
        for (int i = 0; i < changes.size(); i++) {
            FrontendConfig one = changes.get(i).apply(frontend().defaultBackend("a")).build();
            FrontendConfig same = changes.get(i).apply(frontend().defaultBackend("a")).build();
            assertEquals(one, same);
            assertEquals(one.hashCode(), same.hashCode());
            for (int other = 0; other < i; other++) {
                assertNotEquals(
                        one,
                        changes.get(other).apply(frontend().defaultBackend("a")).build(),
                        other + " and " + i);
            }
        }
    }
}
