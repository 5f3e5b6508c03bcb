package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.Observation;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyLimits;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.TcpCheckStep;
import io.evenkeel.lb.TcpConnect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what the sections say together and makes the model of them. */
final class Assembly {
    /** What a frontend without maxconn counts for. */
    private static final int UNLIMITED_FRONTEND = 2_000;

    private final Report report;
    private final GlobalParser global;
    private final List<ProxyDraft> proxies;
    private final ResolversParser resolvers;
    private final PeersAssembly peers;
    private final UdpAssembly udp;
    private final HttpMode http;
    private final Map<BindAddress, Integer> bindLines = new LinkedHashMap<>();

    Assembly(
            Report report,
            GlobalParser global,
            List<ProxyDraft> proxies,
            ResolversParser resolvers,
            PeersAssembly peers,
            UdpAssembly udp) {
        this.report = report;
        this.global = global;
        this.proxies = proxies;
        this.resolvers = resolvers;
        this.peers = peers;
        this.udp = udp;
        http = new HttpMode(report);
    }

    /** The model, or null when there is a problem. */
    @Nullable HaproxyConfig config() {
        List<ProxyDraft> relayed = http.relayed(proxies);
        List<ProxyDraft> frontends =
                relayed.stream().filter(proxy -> proxy.section.hasFrontend()).toList();
        List<ProxyDraft> backends =
                relayed.stream().filter(proxy -> proxy.section.hasBackend()).toList();
        new MappedPorts(report, frontends, backends).resolve();
        frontends.forEach(this::checkFrontend);
        frontends.forEach(frontend -> checkDefaultBackend(frontend, backends));
        frontends.forEach(frontend -> new RuleAssembly(report, frontend).check(backends));
        udp.check(proxies);
        List<ProxyDraft> allBackends = new ArrayList<>(backends);
        allBackends.addAll(udp.backends());
        allBackends.forEach(this::checkBackend);
        new StickTables(report, relayed).check();
        peers.check(relayed, bindLines);
        resolvers.check(report);
        new TrackWords(report, allBackends).check();
        relayed.forEach(this::checkTimeouts);
        if (frontends.isEmpty() && udp.isEmpty() && !report.hasProblems()) {
            report.refuse(
                    1,
                    proxies.size() > backends.size()
                            ? "there are only pages of HAProxy's own, so nothing would be served"
                            : "there is no frontend and no listen section, so nothing would be"
                                    + " served");
        }
        if (report.hasProblems()) {
            return null;
        }
        ProxyConfig proxy =
                ProxyConfig.builder()
                        .frontends(
                                frontends.stream()
                                        .filter(frontend -> !frontend.settings.disabled)
                                        .map(this::frontend)
                                        .toList())
                        .backends(allBackends.stream().map(this::backend).toList())
                        .limits(
                                new ProxyLimits(
                                        global.maxConnections,
                                        global.maxConnectionRate,
                                        global.maxSessionRate))
                        .peers(peers.configs())
                        .resolvers(resolvers.configs(namedResolvers(allBackends)))
                        .udpFrontends(udp.frontends())
                        .build();
        return new HaproxyConfig(
                proxy,
                global.threads,
                global.hardStopAfter,
                global.closeSpread,
                bindLines,
                report.warnings());
    }

    private static Set<String> namedResolvers(List<ProxyDraft> backends) {
        Set<String> named = new HashSet<>();
        for (ProxyDraft backend : backends) {
            for (ProxyDraft.Server server : backend.servers) {
                String resolvers = server.settings().resolution.resolvers();
                if (resolvers != null) {
                    named.add(resolvers);
                }
            }
        }
        return named;
    }

    private void checkFrontend(ProxyDraft frontend) {
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

    private void checkBackend(ProxyDraft backend) {
        ProxySettings settings = backend.settings;
        Map<String, Integer> lines = new HashMap<>();
        for (ProxyDraft.Server server : backend.servers) {
            Integer before = lines.putIfAbsent(server.name(), server.line());
            if (before != null) {
                report.refuse(
                        server.line(),
                        "the server "
                                + Report.quote(server.name())
                                + " is on line "
                                + before
                                + " already; give each server of a backend its own name");
            }
            checkCertificates(settings, server);
            ServerSettings own = server.settings();
            ResolveWords.check(report, server, resolvers.names());
            if (own.agentCheck && own.agentPort == 0 && !own.agentPortRefused) {
                report.refuse(
                        server.line(),
                        "the agent of server "
                                + Report.quote(server.name())
                                + " has no port; write 'agent-port PORT'");
            }
        }
        if (backend.servers.isEmpty()
                && !backend.serverRefused
                && settings.defaultBackend == null) {
            report.warn(
                    backend.line,
                    backend.title() + " has no server, so every connection to it is closed");
        }
        settings.checks.httpCheck(report);
        if (settings.checks.hasIdleRules()) {
            report.warn(
                    settings.checks.ownRulesLine == 0 ? backend.line : settings.checks.ownRulesLine,
                    "check rules of "
                            + backend.title()
                            + " have no effect: http-check needs 'option httpchk', tcp-check needs"
                            + " 'option tcp-check'");
        }
    }

    private void checkCertificates(ProxySettings settings, ProxyDraft.Server server) {
        ServerSettings own = server.settings();
        boolean relayed = own.tls.isOn();
        if (relayed && !own.tls.hasVersion(global.tls)) {
            report.refuse(server.line(), TlsWords.NO_VERSION);
        }
        if (!relayed && !(own.check && usesTls(settings.checks, own)) || !verifies(own)) {
            return;
        }
        String caFile = own.caFile;
        String what =
                (relayed ? "TLS with server " : "the TLS check of server ")
                        + Report.quote(server.name());
        if (caFile == null) {
            report.refuse(server.line(), ServerTlsWords.noAuthorities(what, relayed));
        } else if (!relayed && !caFile.equals(ServerTlsWords.SYSTEM)) {
            report.refuse(
                    server.line(),
                    what
                            + " cannot take the authorities of "
                            + Report.quote(caFile)
                            + "; write 'ca-file @system-ca' for those that the JVM trusts, or"
                            + " 'verify none'");
        }
    }

    private void checkTimeouts(ProxyDraft proxy) {
        List<String> missing = new ArrayList<>();
        ProxySettings settings = proxy.settings;
        if (proxy.section.hasFrontend() && isNone(settings.clientTimeout)) {
            missing.add("timeout client");
        }
        if (proxy.section.hasBackend() && isNone(settings.connectTimeout)) {
            missing.add("timeout connect");
        }
        if (proxy.section.hasBackend() && isNone(settings.serverTimeout)) {
            missing.add("timeout server");
        }
        if (!missing.isEmpty()) {
            report.warn(
                    proxy.line,
                    proxy.title()
                            + " has no "
                            + String.join(" and no ", missing)
                            + ", so a silent peer can hold a connection for ever; set "
                            + (missing.size() == 1 ? "it" : "them")
                            + " here or in defaults");
        }
    }

    private FrontendConfig frontend(ProxyDraft draft) {
        ProxySettings settings = draft.settings;
        FrontendConfig.Builder builder =
                FrontendConfig.builder(draft.name)
                        .defaultBackend(
                                settings.defaultBackend == null && draft.section == Section.LISTEN
                                        ? draft.name
                                        : settings.defaultBackend)
                        .clientTimeout(orNone(settings.clientTimeout))
                        .clientFinTimeout(orNone(settings.clientFinTimeout))
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

    private BackendConfig backend(ProxyDraft draft) {
        ProxySettings settings = draft.settings;
        HttpCheck httpCheck = settings.checks.httpCheck(report);
        List<ServerConfig> servers =
                draft.servers.stream().map(server -> server(draft, server)).toList();
        return BackendConfig.builder(draft.name)
                .balance(settings.balance.balance())
                .retries(settings.retries)
                .allBackups(settings.allBackups)
                .redispatchInterval(settings.redispatchInterval)
                .connectTimeout(orNone(settings.connectTimeout))
                .serverTimeout(orNone(settings.serverTimeout))
                .fullConnections(fullConnections(draft))
                .serverFinTimeout(orNone(settings.serverFinTimeout))
                .tunnelTimeout(orNone(settings.tunnelTimeout))
                .queueTimeout(settings.queueTimeout)
                .checkTimeout(orNone(settings.checkTimeout))
                .httpCheck(httpCheck)
                .stickTable(StickTables.of(draft, servers))
                .stickiness(StickTables.stickiness(draft))
                .tcpCheck(settings.checks.tcpCheck())
                .servers(servers)
                .build();
    }

    /** As given, or a tenth of what the frontends that lead here may have; HAProxy's default. */
    private int fullConnections(ProxyDraft backend) {
        int given = backend.settings.fullConnections;
        boolean needed =
                backend.servers.stream().anyMatch(server -> server.settings().minConnections > 0);
        if (given > 0 || !needed) {
            return given;
        }
        long most = 0;
        for (ProxyDraft proxy : proxies) {
            String leadsTo =
                    proxy.settings.defaultBackend == null
                            ? proxy.name
                            : proxy.settings.defaultBackend;
            if (proxy.section.hasFrontend() && leadsTo.equals(backend.name)) {
                int own = proxy.settings.maxConnections;
                int limit = own == 0 ? global.maxConnections : own;
                most += limit == 0 ? UNLIMITED_FRONTEND : limit;
            }
        }
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, most / 10));
    }

    private ServerConfig server(ProxyDraft draft, ProxyDraft.Server server) {
        ServerSettings own = server.settings();
        return ServerConfig.builder(server.name(), server.host(), server.port())
                .weight(own.weight)
                .addressNumber(server.addressNumber())
                .backup(own.backup)
                .disabled(own.disabled || draft.settings.disabled)
                // As in HAProxy: a minconn above maxconn takes its place.
                .maxConnections(Math.max(own.minConnections, own.maxConnections))
                .minConnections(own.minConnections < own.maxConnections ? own.minConnections : 0)
                .maxQueue(own.maxQueue)
                .slowStart(own.slowStart)
                .sticky(own.sticky)
                .check(own.check ? check(draft.settings, own) : null)
                .agent(own.agentCheck ? agent(own) : null)
                .tracked(TrackWords.tracked(draft, server))
                .resetSessionsWhenDown(own.resetSessionsWhenDown)
                .resetBackupSessionsWhenUp(own.resetBackupSessionsWhenUp)
                .proxyHeader(ProxyHeaderWords.ofConnections(own))
                .connect(own.connect(draft.settings.sockets, global.buffers.ofServers()))
                .resolution(ResolveWords.of(server))
                .tls(own.tls.config(global.tls, verifies(own), own.caFile))
                .build();
    }

    private AgentConfig agent(ServerSettings own) {
        return AgentConfig.builder(own.agentPort)
                .host(own.agentHost)
                .inter(own.agentInter)
                .spreadPercent(global.spreadPercent)
                .send(own.agentSend)
                .build();
    }

    private CheckConfig check(ProxySettings settings, ServerSettings own) {
        TcpConnect connect = settings.checks.onlyConnect();
        String sni = connect == null || connect.usual() ? own.sni : null;
        String host = own.checkHost;
        int port = own.checkPort;
        if (connect != null) {
            sni = connect.sni() == null ? sni : connect.sni();
            host = connect.host() == null ? host : connect.host();
            port = connect.port() == 0 ? port : connect.port();
        }
        return CheckConfig.builder()
                .inter(own.inter)
                .fastInter(own.fastInter)
                .downInter(own.downInter)
                .rise(own.rise)
                .fall(own.fall)
                .spreadPercent(global.spreadPercent)
                .host(host)
                .port(port)
                .tls(isTls(connect, own))
                .verifyCertificate(verifies(own))
                .sni(sni)
                .initialState(own.initialState)
                .proxyHeader(ProxyHeaderWords.ofChecks(own, connect))
                .observation(own.observed ? new Observation(own.errorLimit, own.onError) : null)
                .build();
    }

    /** A connect rule speaks for itself, unless it says that the server line holds. */
    private static boolean isTls(@Nullable TcpConnect connect, ServerSettings own) {
        return connect == null
                ? own.checksTls()
                : connect.tls() || connect.usual() && own.checksTls();
    }

    private static boolean usesTls(CheckRules checks, ServerSettings own) {
        if (checks.kind == CheckRules.Kind.TCP) {
            for (TcpCheckStep step : checks.steps) {
                if (step instanceof TcpConnect connect && isTls(connect, own)) {
                    return true;
                }
            }
            return own.checksTls()
                    && (checks.steps.isEmpty() || !(checks.steps.get(0) instanceof TcpConnect));
        }
        return isTls(checks.onlyConnect(), own);
    }

    private boolean verifies(ServerSettings own) {
        return own.verifies(global.verifyByDefault);
    }

    private static boolean isNone(@Nullable Duration timeout) {
        return timeout == null || timeout.isZero();
    }

    private static Duration orNone(@Nullable Duration timeout) {
        return timeout == null ? Duration.ZERO : timeout;
    }
}
