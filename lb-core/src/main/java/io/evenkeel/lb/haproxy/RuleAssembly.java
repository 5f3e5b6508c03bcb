package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.FrontendConfig;
import java.util.List;

/** Looks at the rules of a proxy together and gives them to its frontend. */
final class RuleAssembly {
    private final Report report;
    private final ProxyDraft draft;

    RuleAssembly(Report report, ProxyDraft draft) {
        this.report = report;
        this.draft = draft;
    }

    /** Reports what does not fit. */
    void check(List<ProxyDraft> backends) {
        ProxyRules rules = draft.rules;
        for (ProxyRules.Use use : rules.uses) {
            checkBackend(use, backends);
            checkCondition(use.line(), "use_backend", use.condition().get());
        }
        for (ProxyRules.Access rule : rules.connection) {
            if (!rule.condition().get().needs().isEmpty()) {
                report.refuse(
                        rule.line(),
                        "the condition looks at the first bytes, of which none is there when a"
                                + " connection is accepted; write 'tcp-request content'");
            }
        }
        rules.expectProxy.check(report);
        for (ProxyRules.Access rule : rules.content) {
            checkCondition(rule.line(), "tcp-request content", rule.condition().get());
        }
    }

    private void checkBackend(ProxyRules.Use use, List<ProxyDraft> backends) {
        for (ProxyDraft backend : backends) {
            if (backend.name.equals(use.backend())) {
                if (draft.settings.http && !backend.settings.http) {
                    report.refuse(
                            use.line(),
                            draft.title()
                                    + " is in mode http, but its "
                                    + backend.title()
                                    + " in mode tcp, which HAProxy refuses; give both the same"
                                    + " mode");
                }
                return;
            }
        }
        List<String> names = backends.stream().map(backend -> backend.name).toList();
        report.refuse(
                use.line(),
                "there is no backend "
                        + Report.quote(use.backend())
                        + (names.isEmpty()
                                ? "; add a backend section of that name"
                                : "; the file has " + String.join(", ", names))
                        + Nearest.hint(use.backend(), names));
    }

    private void checkCondition(int line, String keyword, Condition condition) {
        if (draft.settings.http && condition.needs().contains(Condition.Need.HTTP)) {
            report.refuse(
                    line,
                    "'"
                            + keyword
                            + "' would go by every request, but "
                            + draft.title()
                            + " in mode http can only be relayed as TCP, by its first request;"
                            + " write 'mode tcp' if that is enough, or keep HAProxy for this"
                            + " section");
        } else if (draft.rules.inspectDelay.isZero() && looksAtBytes(condition)) {
            report.warn(
                    line,
                    "'"
                            + keyword
                            + "' looks at the first bytes, but does not wait for them: whether"
                            + " they are there is a matter of chance; add 'tcp-request"
                            + " inspect-delay 5s'");
        }
    }

    private static boolean looksAtBytes(Condition condition) {
        return condition.needs().stream().anyMatch(need -> need != Condition.Need.TERMINATED_TLS);
    }

    /** After {@link #check} has found nothing. */
    void give(FrontendConfig.Builder frontend) {
        ProxyRules rules = draft.rules;
        rules.connection.forEach(rule -> frontend.connectionRule(access(rule)));
        frontend.expectProxyHeader(rules.expectProxy.condition(rules.connection));
        rules.content.forEach(rule -> frontend.contentRule(access(rule)));
        rules.uses.forEach(use -> frontend.useBackend(use.backend(), use.condition().get()));
        SourceLimitParser source = rules.source;
        frontend.sourceLimit(source == null ? null : source.config());
        frontend.inspectDelay(rules.inspectDelay);
    }

    private static AccessRule access(ProxyRules.Access rule) {
        return new AccessRule(rule.action(), rule.condition().get());
    }
}
