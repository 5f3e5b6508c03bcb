package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.Observation;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.TcpCheckStep;
import io.evenkeel.lb.TcpConnect;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at what a backend and its servers say together with the others, and makes the model of them. */
final class BackendAssembly {
    /** What a frontend without maxconn counts for. */
    private static final int UNLIMITED_FRONTEND = 2_000;

    private final Report report;
    private final GlobalParser global;
    private final List<ProxyDraft> proxies;
    private final ResolversParser resolvers;

    BackendAssembly(
            Report report,
            GlobalParser global,
            List<ProxyDraft> proxies,
            ResolversParser resolvers) {
        this.report = report;
        this.global = global;
        this.proxies = proxies;
        this.resolvers = resolvers;
    }

    /** Reports what is missing or does not fit. */
    void check(ProxyDraft backend) {
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
        if (settings.checks.sendsNothing()
                && backend.servers.stream().anyMatch(server -> server.settings().check)) {
            checkSilent(backend, settings.checks);
        }
        if (settings.checks.hasIdleRules()) {
            report.warn(
                    settings.checks.ownRulesLine == 0 ? backend.line : settings.checks.ownRulesLine,
                    "check rules of "
                            + backend.title()
                            + " have no effect: http-check needs 'option httpchk', tcp-check needs"
                            + " 'option tcp-check'");
        }
    }

    private void checkSilent(ProxyDraft backend, CheckRules checks) {
        String why =
                ": the http-check rules of "
                        + backend.title()
                        + " replace those of its defaults, their option httpchk included";
        String remedy = "; write 'option httpchk' or 'http-check send' here";
        CheckRules.Expect expect = checks.expect;
        if (expect != null) {
            report.refuse(
                    expect.line(),
                    "no request is sent before this"
                            + why
                            + " (HAProxy waits in vain for an answer and takes the servers down)"
                            + remedy);
        } else {
            report.warn(
                    checks.ownRulesLine == 0 ? backend.line : checks.ownRulesLine,
                    "servers are connected to, and not asked anything" + why + remedy);
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

    /** The model of what {@link #check} had nothing against. */
    BackendConfig backend(ProxyDraft draft) {
        ProxySettings settings = draft.settings;
        HttpCheck httpCheck = settings.checks.httpCheck(report);
        if (settings.balance.balance().equals(Balance.first())) {
            sortByNumbers(draft);
        }
        List<ServerConfig> servers =
                draft.servers.stream().map(server -> server(draft, server)).toList();
        return BackendConfig.builder(draft.name)
                .balance(settings.balance.balance())
                .retries(settings.retries)
                .allBackups(settings.allBackups)
                .redispatchInterval(settings.redispatchInterval)
                .connectTimeout(Times.orNone(settings.connectTimeout))
                .serverTimeout(Times.orNone(settings.serverTimeout))
                .fullConnections(fullConnections(draft))
                .serverFinTimeout(Times.orNone(settings.serverFinTimeout))
                .tunnelTimeout(Times.orNone(settings.tunnelTimeout))
                .queueTimeout(settings.queueTimeout)
                .checkTimeout(Times.orNone(settings.checkTimeout))
                .httpCheck(httpCheck)
                .stickTable(StickTables.of(draft, servers))
                .stickiness(StickTables.stickiness(draft))
                .tcpCheck(settings.checks.tcpCheck())
                .servers(servers)
                .build();
    }

    /** Which backup serves goes by their lines, but where they all do. */
    private static void sortByNumbers(ProxyDraft draft) {
        boolean all = draft.settings.allBackups;
        Comparator<ProxyDraft.Server> byNumber = new ServerNumbers(draft.servers).order();
        draft.servers.sort(
                Comparator.comparing((ProxyDraft.Server server) -> server.settings().backup)
                        .thenComparing(
                                (one, other) ->
                                        !all && one.settings().backup
                                                ? 0
                                                : byNumber.compare(one, other)));
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
            if (proxy.section.hasFrontend() && proxy.leadsTo(backend)) {
                int own = proxy.settings.maxConnections;
                int limit = own == 0 ? global.maxConnections : own;
                most += limit == 0 ? UNLIMITED_FRONTEND : limit;
            }
        }
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (most + 9) / 10));
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

    private boolean verifies(ServerSettings own) {
        return own.verifies(global.verifyByDefault);
    }
}
