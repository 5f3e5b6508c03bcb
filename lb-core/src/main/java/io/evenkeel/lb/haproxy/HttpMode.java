package io.evenkeel.lb.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of sections in mode http: pages that HAProxy serves itself are left out with a
 * warning; sections that need no request to be understood are relayed as TCP with a warning; others
 * are refused.
 */
final class HttpMode {
    /** Keywords without which the connections of a section in mode http would mean something else. */
    static final Set<String> RULES =
            Set.of(
                    "cookie",
                    "http-request",
                    "http-response",
                    "http-after-response",
                    "http-send-name-header",
                    "monitor",
                    "monitor-uri",
                    "option checkcache",
                    "option http-restrict-req-hdr-names",
                    "redirect");

    private static final Set<String> OF_FRONTENDS = Set.of("monitor", "monitor-uri");
    private static final Set<String> OF_BACKENDS =
            Set.of("cookie", "http-send-name-header", "option checkcache");
    private static final Set<String> ANSWERS = Set.of("redirect", "return");

    private final Report report;

    HttpMode(Report report) {
        this.report = report;
    }

    /** To be called with every keyword of a proxy section, before its arguments are read. */
    static void note(ProxyDraft draft, String name, Words words) {
        boolean own = draft.section != Section.DEFAULTS;
        boolean request = name.equals("http-request");
        draft.shows |=
                own && (name.equals("stats") || request && words.peek().equals("use-service"));
        draft.answers |= name.equals("redirect") || request && ANSWERS.contains(words.peek());
        draft.chooses |= name.equals("use_backend");
        if (RULES.contains(name)) {
            draft.settings.httpRules.put(name, words.line());
        }
    }

    /**
     * Whether what is to be said of a line that would be ignored depends on the rest of the section;
     * then it is noted.
     */
    static boolean defers(ProxyDraft draft, String name, Words words) {
        boolean deferred =
                draft.section != Section.DEFAULTS && (name.equals("stats") || RULES.contains(name));
        if (deferred) {
            draft.httpLines.add(new ProxyDraft.HttpLine(name, words.line()));
            words.skipRest();
        }
        return deferred;
    }

    /**
     * Whether the section only shows what HAProxy knows: statistics and metrics. Redirects and
     * monitors are for clients and for other balancers, who would miss them.
     */
    static boolean isPage(ProxyDraft draft) {
        return draft.section.hasFrontend()
                && draft.settings.http
                && draft.shows
                && !draft.answers
                && OF_FRONTENDS.stream().noneMatch(draft.settings.httpRules::containsKey)
                && !draft.chooses
                && draft.settings.defaultBackend == null
                && draft.servers.isEmpty()
                && !draft.serverRefused;
    }

    /** Whether the section is refused for what it has in mode http. */
    static boolean isRefused(ProxyDraft draft) {
        return draft.settings.http && !draft.settings.httpRules.isEmpty();
    }

    /** Reports what is to be said about each section, and gives those that are relayed. */
    List<ProxyDraft> relayed(List<ProxyDraft> proxies) {
        List<ProxyDraft> relayed = new ArrayList<>();
        for (ProxyDraft draft : proxies) {
            if (isPage(draft)) {
                warnOfPage(draft);
                continue;
            }
            relayed.add(draft);
            draft.httpLines.forEach(line -> warnOf(line, draft.settings.http));
            if (draft.settings.http) {
                judge(draft);
            }
        }
        return relayed;
    }

    private void warnOfPage(ProxyDraft page) {
        String where =
                page.binds.stream()
                        .map(bind -> bind.address().toString())
                        .distinct()
                        .collect(Collectors.joining(", "));
        report.warn(
                page.line,
                page.title()
                        + " is a page of HAProxy's own and is not served"
                        + (where.isEmpty() ? "" : ": nothing listens on " + where)
                        + "; the log says what changes");
    }

    private void warnOf(ProxyDraft.HttpLine line, boolean http) {
        if (line.name().equals("stats")) {
            report.warn(
                    line.line(),
                    "'stats' has no effect: no statistics page is served, and a request for it goes"
                            + " to a server; the log says what changes");
        } else if (!http) {
            report.warn(line.line(), "'" + line.name() + "' has no effect: " + ProxyKeywords.HTTP);
        }
    }

    private void judge(ProxyDraft draft) {
        for (Map.Entry<String, Integer> rule : draft.settings.httpRules.entrySet()) {
            boolean elsewhere =
                    OF_FRONTENDS.contains(rule.getKey()) && !draft.section.hasFrontend()
                            || OF_BACKENDS.contains(rule.getKey()) && !draft.section.hasBackend();
            if (!elsewhere) {
                refuse(draft, rule.getKey(), rule.getValue());
            }
        }
        String byRequest = draft.settings.balance.byRequest();
        if (byRequest != null && draft.section.hasBackend()) {
            refuse(draft, byRequest, draft.settings.balance.byRequestLine());
        }
        if (draft.section.hasFrontend()) {
            report.warn(
                    draft.line,
                    draft.title()
                            + " is in mode http, but relayed as TCP, without a request being read:"
                            + " a connection keeps its server for all of its requests, no header"
                            + " such as X-Forwarded-For is added, and errors are closed connections");
        }
    }

    private void refuse(ProxyDraft draft, String name, int line) {
        if (OF_FRONTENDS.contains(name)) {
            report.refuse(
                    line,
                    "'"
                            + name
                            + "' is answered by HAProxy itself, but "
                            + draft.title()
                            + " in mode http can only be relayed as TCP; remove it, and let probes"
                            + " connect, or ask a server");
            return;
        }
        report.refuse(
                line,
                Report.quote(name)
                        + " needs every request to be read, but "
                        + draft.title()
                        + " in mode http can only be relayed as TCP; remove it if the servers can do"
                        + " without, or keep HAProxy for this section");
    }

    /** HAProxy refuses the one, and of the other takes the connection for HTTP. */
    void checkModes(ProxyDraft frontend, ProxyDraft backend) {
        if (frontend.settings.http && !backend.settings.http) {
            report.refuse(
                    frontend.settings.defaultBackendLine,
                    frontend.title()
                            + " is in mode http, but its "
                            + backend.title()
                            + " in mode tcp, which HAProxy refuses; give both the same mode");
        }
    }
}
