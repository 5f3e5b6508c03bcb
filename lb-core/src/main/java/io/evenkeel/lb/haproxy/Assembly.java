package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at what the sections say together and makes the model of them. */
final class Assembly {
    private final Report report;
    private final GlobalParser global;
    private final List<ProxyDraft> proxies;
    private final ResolversParser resolvers;
    private final PeersAssembly peers;
    private final UdpAssembly udp;
    private final HttpMode http;
    private final FrontendAssembly frontendAssembly;
    private final BackendAssembly backendAssembly;

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
        frontendAssembly = new FrontendAssembly(report, global, http);
        backendAssembly = new BackendAssembly(report, global, proxies, resolvers);
    }

    /** The model, or null when there is a problem. */
    @Nullable HaproxyConfig config() {
        List<ProxyDraft> relayed = http.relayed(proxies);
        List<ProxyDraft> frontends =
                relayed.stream().filter(proxy -> proxy.section.hasFrontend()).toList();
        List<ProxyDraft> backends =
                relayed.stream().filter(proxy -> proxy.section.hasBackend()).toList();
        new MappedPorts(report, frontends, backends).resolve();
        frontends.forEach(frontend -> frontendAssembly.check(frontend, backends));
        udp.check(proxies);
        List<ProxyDraft> allBackends = new ArrayList<>(backends);
        allBackends.addAll(udp.backends());
        allBackends.forEach(backendAssembly::check);
        new StickTables(report, relayed).check();
        Map<BindAddress, Integer> bindLines = frontendAssembly.bindLines();
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
        ProxyConfig proxy = proxy(frontends, allBackends);
        if (proxy == null || report.hasProblems()) {
            return null;
        }
        return new HaproxyConfig(
                proxy,
                global.threads,
                global.hardStopAfter,
                global.closeSpread,
                bindLines,
                serverLines(allBackends),
                report.warnings());
    }

    private static Map<String, Integer> serverLines(List<ProxyDraft> backends) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (ProxyDraft backend : backends) {
            for (ProxyDraft.Server server : backend.servers) {
                lines.put(backend.name + "/" + server.name(), server.line());
            }
        }
        return lines;
    }

    /** What the model has against it although nothing was found above is a problem of the section, or of the file. */
    private @Nullable ProxyConfig proxy(List<ProxyDraft> frontends, List<ProxyDraft> backends) {
        List<FrontendConfig> frontendConfigs = new ArrayList<>();
        for (ProxyDraft draft : frontends) {
            if (!draft.settings.disabled) {
                add(frontendConfigs, draft, () -> frontendAssembly.frontend(draft));
            }
        }
        List<BackendConfig> backendConfigs = new ArrayList<>();
        for (ProxyDraft draft : backends) {
            add(backendConfigs, draft, () -> backendAssembly.backend(draft));
        }
        if (report.hasProblems()) {
            return null;
        }
        return report.orRefuse(
                1,
                () ->
                        ProxyConfig.builder()
                                .frontends(frontendConfigs)
                                .backends(backendConfigs)
                                .limits(
                                        new ProxyLimits(
                                                global.maxConnections,
                                                global.maxConnectionRate,
                                                global.maxSessionRate))
                                .peers(peers.configs())
                                .resolvers(resolvers.configs(namedResolvers(backends)))
                                .udpFrontends(udp.frontends())
                                .build());
    }

    private <T> void add(List<T> configs, ProxyDraft draft, Supplier<T> made) {
        T config = report.orRefuse(draft.line, made);
        if (config != null) {
            configs.add(config);
        }
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

    private void checkTimeouts(ProxyDraft proxy) {
        List<String> missing = new ArrayList<>();
        ProxySettings settings = proxy.settings;
        if (proxy.section.hasFrontend() && Times.isNone(settings.clientTimeout)) {
            missing.add("timeout client");
        }
        if (proxy.section.hasBackend() && Times.isNone(settings.connectTimeout)) {
            missing.add("timeout connect");
        }
        if (proxy.section.hasBackend() && Times.isNone(settings.serverTimeout)) {
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
}
