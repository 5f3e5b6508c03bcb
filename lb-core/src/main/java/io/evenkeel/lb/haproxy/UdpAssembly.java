package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.UdpFrontendConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what the udp-lb sections say together with the others, and makes the model of them. */
final class UdpAssembly {
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final Report report;
    private final List<UdpDraft> sections;

    UdpAssembly(Report report, List<UdpDraft> sections) {
        this.report = report;
        this.sections = sections;
    }

    /** What each has in common with a backend. */
    List<ProxyDraft> backends() {
        return sections.stream().map(section -> section.proxy).toList();
    }

    boolean isEmpty() {
        return sections.isEmpty();
    }

    /** Reports what is missing or cannot be. */
    void check(List<ProxyDraft> others) {
        Map<String, ProxyDraft> names = new LinkedHashMap<>();
        others.forEach(other -> names.putIfAbsent(other.name, other));
        Map<BindAddress, Integer> bound = new LinkedHashMap<>();
        for (ProxyDraft section : backends()) {
            ProxyDraft before = names.putIfAbsent(section.name, section);
            if (before != null) {
                report.refuse(
                        section.line,
                        "the name "
                                + Report.quote(section.name)
                                + " is taken by "
                                + before.section.keyword()
                                + " on line "
                                + before.line
                                + "; give each its own");
            }
            check(section, bound);
            new MappedPorts(report, List.of(section), List.of(section)).resolve();
            section.servers.forEach(server -> check(section, server));
        }
    }

    private void check(ProxyDraft section, Map<BindAddress, Integer> bound) {
        if (section.binds.isEmpty() && !section.bindRefused) {
            report.refuse(
                    section.line,
                    section.title()
                            + " has no dgram-bind line, so it would receive nothing; add one, such"
                            + " as 'dgram-bind 192.0.2.1:53'");
        }
        if (!section.settings.disabled) {
            section.binds.forEach(bind -> report.claim(bound, bind.address(), bind.line()));
        }
        BalanceKey key = section.settings.balance.balance().key();
        if (key == BalanceKey.SERVER_NAME || key == BalanceKey.HOST) {
            report.refuse(
                    section.line,
                    section.title()
                            + " balances by a name, which datagrams do not have; write 'balance"
                            + " source'");
        }
    }

    private void check(ProxyDraft section, ProxyDraft.Server server) {
        ServerSettings own = server.settings();
        if (ProxyHeaderWords.ofConnections(own) != null) {
            report.refuse(
                    server.line(),
                    "the server "
                            + Report.quote(server.name())
                            + " of "
                            + section.title()
                            + " cannot get a PROXY header, which datagrams do not carry; remove"
                            + " send-proxy");
        }
        if (own.tls.isOn()) {
            report.refuse(
                    server.line(),
                    "the server "
                            + Report.quote(server.name())
                            + " of "
                            + section.title()
                            + " cannot be spoken to with TLS, which needs a connection; remove"
                            + " ssl");
        }
        if (own.check && own.checkPort == 0) {
            report.warn(
                    server.line(),
                    "the check of server "
                            + Report.quote(server.name())
                            + " connects to port "
                            + server.port()
                            + " over TCP, for datagrams are not checked with; write 'port' if it"
                            + " listens on another");
        }
    }

    /** The model of sections that were checked. */
    List<UdpFrontendConfig> frontends() {
        return sections.stream()
                .filter(section -> !section.proxy.settings.disabled)
                .map(UdpAssembly::frontend)
                .toList();
    }

    private static UdpFrontendConfig frontend(UdpDraft section) {
        ProxyDraft proxy = section.proxy;
        ProxySettings settings = proxy.settings;
        UdpFrontendConfig.Builder builder =
                UdpFrontendConfig.builder(proxy.name)
                        .backend(proxy.name)
                        .idleTimeout(idleTimeout(settings))
                        .maxDatagramBytes(section.maxDatagramBytes)
                        .requests(section.requests)
                        .responses(section.responses);
        int most = settings.maxConnections;
        int ofBind = proxy.bindMaxConnections;
        if (ofBind > 0 && (most == 0 || ofBind < most)) {
            most = ofBind;
        }
        if (most > 0) {
            builder.maxSessions(most);
        }
        proxy.binds.forEach(bind -> builder.bind(bind.address()));
        return builder.build();
    }

    /** The backend has the server's, of which the shorter counts. */
    private static Duration idleTimeout(ProxySettings settings) {
        Duration client = settings.clientTimeout;
        Duration server = settings.serverTimeout;
        return client != null ? client : server != null ? server : DEFAULT_IDLE_TIMEOUT;
    }
}
