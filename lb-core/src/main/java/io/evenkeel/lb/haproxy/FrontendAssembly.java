package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what a frontend says together with the others, and makes the model of it. */
final class FrontendAssembly {
    private final Report report;
    private final GlobalParser global;
    private final HttpMode http;
    private final Map<BindAddress, Integer> bindLines = new LinkedHashMap<>();

    FrontendAssembly(Report report, GlobalParser global, HttpMode http) {
        this.report = report;
        this.global = global;
        this.http = http;
    }

    /** The line of each address that the frontends so far listen on. */
    Map<BindAddress, Integer> bindLines() {
        return bindLines;
    }

    /** Reports what is missing or does not fit. */
    void check(ProxyDraft frontend, List<ProxyDraft> backends) {
        checkBinds(frontend);
        checkDefaultBackend(frontend, backends);
        new RuleAssembly(report, frontend).check(backends);
    }

    private void checkBinds(ProxyDraft frontend) {
        if (frontend.binds.isEmpty() && !frontend.bindRefused) {
            report.refuse(
                    frontend.line,
                    frontend.title()
                            + " has no bind line, so it would not listen; add one, such as"
                            + " 'bind *:80'");
        }
        if (frontend.bindMaxConnections > 0 && frontend.binds.size() > 1) {
            report.refuse(
                    frontend.bindMaxConnectionsLine,
                    "'maxconn' on a bind line is supported when "
                            + frontend.title()
                            + " has one address only; write maxconn in the section, where it holds"
                            + " for all of them together");
        }
        if (frontend.settings.disabled) {
            return;
        }
        for (ProxyDraft.Bind bind : frontend.binds) {
            ListenSettings.check(report, frontend, bind);
            if (bind.tls() != null && !bind.tls().hasVersion(global.tls)) {
                report.refuse(bind.line(), TlsWords.NO_VERSION);
            }
            report.claim(bindLines, bind.address(), bind.line());
        }
    }

    private void checkDefaultBackend(ProxyDraft frontend, List<ProxyDraft> backends) {
        String name = frontend.settings.defaultBackend;
        if (name == null) {
            if (frontend.section == Section.FRONTEND
                    && !frontend.chooses
                    && !HttpMode.isRefused(frontend)) {
                report.refuse(
                        frontend.line,
                        frontend.title()
                                + " has no default_backend and no use_backend, so no connection"
                                + " could go anywhere; add 'default_backend NAME'");
            }
            return;
        }
        backends.stream()
                .filter(backend -> backend.name.equals(name))
                .forEach(backend -> http.checkModes(frontend, backend));
        List<String> names = backends.stream().map(backend -> backend.name).toList();
        if (!names.contains(name)) {
            report.refuse(
                    frontend.settings.defaultBackendLine,
                    "there is no backend "
                            + Report.quote(name)
                            + (names.isEmpty()
                                    ? "; add a backend section of that name"
                                    : "; the file has " + String.join(", ", names))
                            + Nearest.hint(name, names));
        } else if (frontend.section == Section.LISTEN && !frontend.servers.isEmpty()) {
            report.warn(
                    frontend.settings.defaultBackendLine,
                    "default_backend goes before the servers of "
                            + frontend.title()
                            + ", which take no connection from it");
        }
    }

    /** The model of what {@link #check} had nothing against. */
    FrontendConfig frontend(ProxyDraft draft) {
        ProxySettings settings = draft.settings;
        FrontendConfig.Builder builder =
                FrontendConfig.builder(draft.name)
                        .defaultBackend(
                                settings.defaultBackend == null && draft.section == Section.LISTEN
                                        ? draft.name
                                        : settings.defaultBackend)
                        .clientTimeout(Times.orNone(settings.clientTimeout))
                        .clientFinTimeout(Times.orNone(settings.clientFinTimeout))
                        .maxConnections(maxConnections(draft))
                        .maxSessionRate(settings.maxSessionRate)
                        .stickTable(
                                draft.section == Section.FRONTEND ? StickTables.of(draft) : null);
        for (ProxyDraft.Bind bind : draft.binds) {
            bind.give(builder, global.tls);
            ListenSettings.give(report, draft, bind, global.buffers.ofClients(), builder);
        }
        new RuleAssembly(report, draft).give(builder);
        return builder.build();
    }

    private int maxConnections(ProxyDraft draft) {
        int own = draft.settings.maxConnections;
        int most = own == 0 ? global.maxConnections : own;
        int ofBind = draft.bindMaxConnections;
        return most == 0 || ofBind > 0 && ofBind < most ? ofBind : most;
    }
}
