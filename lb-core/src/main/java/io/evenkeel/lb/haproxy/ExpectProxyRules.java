package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The {@code tcp-request connection expect-proxy layer4} lines of a proxy. */
final class ExpectProxyRules {
    /**
     * A line.
     *
     * @param before how many other {@code tcp-request connection} rules stand before it: one of them that holds goes first
     */
    private record Expect(int before, Supplier<Condition> condition, int line) {}

    private final List<Expect> lines = new ArrayList<>();

    /** Takes what follows {@code expect-proxy} in a line, up to the condition; false after a report. */
    static boolean readLayer(Words words) {
        return words.choice("expect-proxy", List.of("layer4")) != null;
    }

    void add(int before, Supplier<Condition> condition, int line) {
        lines.add(new Expect(before, condition, line));
    }

    void check(Report report) {
        for (Expect line : lines) {
            if (!line.condition().get().needs().isEmpty()) {
                report.refuse(
                        line.line(),
                        "the condition looks at the first bytes, of which none is there when a"
                                + " connection is accepted; look at addresses and ports only");
            }
        }
    }

    /** Of which connections a header is expected. */
    Condition condition(List<ProxyRules.Access> rules) {
        List<Condition> all = new ArrayList<>();
        for (Expect line : lines) {
            List<Condition> earlier =
                    rules.subList(0, line.before()).stream()
                            .map(rule -> rule.condition().get())
                            .toList();
            Condition own = line.condition().get();
            all.add(earlier.isEmpty() ? own : own.and(Condition.any(earlier).not()));
        }
        return all.isEmpty() ? Condition.never() : Condition.any(all);
    }
}
