package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code acl}, {@code use_backend} and {@code tcp-request}. */
final class RuleParser {
    private static final List<String> ACTIONS = List.of("accept", "reject");

    /** What other actions of HAProxy begin with. */
    private static final List<String> OTHER_ACTIONS =
            List.of(
                    "capture",
                    "do-resolve",
                    "expect-netscaler-cip",
                    "sc-",
                    "send-spoe-group",
                    "set-",
                    "silent-drop",
                    "switch-mode",
                    "track-sc",
                    "unset-var",
                    "use-service");

    private final ProxyDraft draft;
    private final Function<String, @Nullable String> files;

    RuleParser(ProxyDraft draft, Function<String, @Nullable String> files) {
        this.draft = draft;
        this.files = files;
    }

    void line(Words words, String keyword) {
        switch (keyword) {
            case "acl" -> acl(words);
            case "use_backend" -> useBackend(words);
            default -> tcpRequest(words, keyword);
        }
    }

    private void acl(Words words) {
        String name = words.argument("acl", "a name, a criterion and patterns");
        if (name == null) {
            return;
        }
        boolean named = Names.check(words, "ACL", name);
        if (name.equalsIgnoreCase("or")) {
            words.refuse("an ACL cannot be named 'or', which stands between ACLs; rename it");
        }
        List<String> rest = new ArrayList<>();
        while (words.hasNext()) {
            rest.add(words.next());
        }
        Condition condition = new AclExpression(words, rest, files).condition();
        if (named) {
            // A refused one is known nevertheless, so that rules with it are no further problem.
            List<Condition> lines =
                    draft.rules.acls.computeIfAbsent(name, first -> new ArrayList<>());
            if (condition != null) {
                lines.add(condition);
            }
        }
    }

    private void useBackend(Words words) {
        String backend = words.argument("use_backend", "the name of a backend");
        if (backend == null) {
            return;
        }
        if (backend.indexOf('%') >= 0) {
            words.refuse(
                    "a backend whose name is made up at run time is not supported; write one"
                            + " use_backend line for each backend");
            words.skipRest();
            return;
        }
        Supplier<Condition> condition = condition(words, "use_backend");
        if (condition != null) {
            draft.rules.uses.add(new ProxyRules.Use(backend, condition, words.line()));
        }
    }

    private void tcpRequest(Words words, String keyword) {
        if (draft.section == Section.BACKEND) {
            words.refuse(
                    "'"
                            + keyword
                            + "' is carried out in frontend and listen only; move it to the"
                            + " frontends that use this backend");
            words.skipRest();
        } else if (keyword.equals("tcp-request inspect-delay")) {
            Duration delay = words.time(keyword, true);
            words.end(keyword);
            draft.rules.inspectDelay = delay == null ? Duration.ZERO : delay;
        } else {
            accessRule(words, keyword);
        }
    }

    private void accessRule(Words words, String keyword) {
        String action = words.argument(keyword, "'accept' or 'reject'");
        if (action == null) {
            return;
        }
        boolean early = keyword.equals("tcp-request connection");
        if (early && action.equals("expect-proxy")) {
            expectProxy(words);
            return;
        }
        if (early && action.equals(SourceLimitParser.TRACK)) {
            SourceLimitParser.track(words, draft);
            return;
        }
        if (early && action.equals("reject") && SourceLimitParser.limit(words, draft)) {
            return;
        }
        if (early && draft.rules.source != null && ACTIONS.contains(action)) {
            words.refuse(
                    "other rules of 'tcp-request connection' must stand above the line with"
                            + " track-sc0; move this one up");
            words.skipRest();
            return;
        }
        if (!ACTIONS.contains(action)) {
            boolean other = OTHER_ACTIONS.stream().anyMatch(action::startsWith);
            words.refuse(
                    other
                            ? Report.quote(keyword + " " + action)
                                    + " is not supported: rules accept and reject, and do nothing"
                                    + " else; remove the line"
                            : "'"
                                    + keyword
                                    + "' cannot be "
                                    + Report.quote(action)
                                    + "; it must be one of accept, reject"
                                    + Nearest.hint(action, ACTIONS));
            words.skipRest();
            return;
        }
        Supplier<Condition> condition = condition(words, keyword + " " + action);
        if (condition != null) {
            (early ? draft.rules.connection : draft.rules.content)
                    .add(
                            new ProxyRules.Access(
                                    action.equals("accept")
                                            ? AccessRule.Action.ACCEPT
                                            : AccessRule.Action.REJECT,
                                    condition,
                                    words.line()));
        }
    }

    private void expectProxy(Words words) {
        if (!ExpectProxyRules.readLayer(words)) {
            words.skipRest();
            return;
        }
        Supplier<Condition> condition = condition(words, "expect-proxy layer4");
        if (condition != null) {
            draft.rules.expectProxy.add(draft.rules.connection.size(), condition, words.line());
        }
    }

    private @Nullable Supplier<Condition> condition(Words words, String of) {
        return new ConditionParser(words, draft.rules.acls, files).optional(of);
    }
}
