package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.PeerConfig;
import io.evenkeel.lb.PeersConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out which peer this node is, and makes the model of the peers sections. */
final class PeersAssembly {
    private final Report report;
    private final GlobalParser global;
    private final Map<String, PeersDraft> sections;
    private final @Nullable String localPeer;

    /**
     * @param localPeer what this node is called, or null if nobody has said
     */
    PeersAssembly(
            Report report,
            GlobalParser global,
            Map<String, PeersDraft> sections,
            @Nullable String localPeer) {
        this.report = report;
        this.global = global;
        this.sections = sections;
        this.localPeer = localPeer;
    }

    /** Reports what is missing, and tables of peers that are not there. */
    void check(List<ProxyDraft> proxies, Map<BindAddress, Integer> bindLines) {
        sections.values().forEach(section -> check(section, bindLines));
        for (ProxyDraft proxy : proxies) {
            ProxyDraft.StickTable table = proxy.stickTable;
            String peers = table == null || table.config() == null ? null : table.config().peers();
            if (table != null && peers != null && !sections.containsKey(peers)) {
                report.refuse(
                        table.line(),
                        "there is no peers section "
                                + Report.quote(peers)
                                + "; write it, or remove 'peers'"
                                + Nearest.hint(peers, sections.keySet()));
            }
        }
    }

    private void check(PeersDraft section, Map<BindAddress, Integer> bindLines) {
        if (section.disabled || section.refused) {
            return;
        }
        if (localPeer == null && !section.peers.isEmpty()) {
            report.refuse(
                    section.line,
                    "which of the peers "
                            + String.join(", ", section.peers.keySet())
                            + " this node is was not said; write 'localpeer NAME' in global");
            return;
        }
        if (!isComplete(section)) {
            report.warn(
                    section.line,
                    "the peers "
                            + Report.quote(section.name)
                            + " have no effect, as in HAProxy: none of them is "
                            + (localPeer == null
                                    ? "this node"
                                    : Report.quote(localPeer)
                                            + ", as this node is called; 'localpeer' in global"
                                            + " gives it another name"));
            return;
        }
        section.peers.forEach(
                (name, place) -> {
                    boolean local = name.equals(localPeer);
                    if (place.address() == null && (!local || section.binds.isEmpty())) {
                        report.refuse(
                                place.line(),
                                "the peer "
                                        + Report.quote(name)
                                        + " has no address; write address:port after its name"
                                        + (local ? ", or a bind line" : ""));
                    }
                    if (!local) {
                        checkTls(name, place);
                    }
                });
        if (section.tlsLine > 0) {
            section.tls.check(report, section.tlsLine, false);
            if (section.tls.isOn() && !section.tls.hasVersion(global.tls)) {
                report.refuse(section.tlsLine, TlsWords.NO_VERSION);
            }
        }
        for (PeersDraft.Bind bind : binds(section)) {
            report.claim(bindLines, bind.address(), bind.line());
        }
    }

    private void checkTls(String name, PeersDraft.Place place) {
        ServerSettings own = place.settings();
        if (!own.tls.isOn()) {
            return;
        }
        if (!own.tls.hasVersion(global.tls)) {
            report.refuse(place.line(), TlsWords.NO_VERSION);
        }
        if (own.verifies(global.verifyByDefault) && own.caFile == null) {
            report.refuse(
                    place.line(),
                    ServerTlsWords.noAuthorities("TLS with peer " + Report.quote(name), true));
        }
    }

    private boolean isComplete(PeersDraft section) {
        return localPeer != null && section.peers.containsKey(localPeer);
    }

    private List<PeersDraft.Bind> binds(PeersDraft section) {
        List<PeersDraft.Bind> binds = new ArrayList<>(section.binds);
        PeersDraft.Place own = localPeer == null ? null : section.peers.get(localPeer);
        if (own != null && own.address() != null && binds.isEmpty()) {
            binds.add(new PeersDraft.Bind(own.address(), own.line()));
        }
        return binds;
    }

    /** The model of sections that were checked; those without effect have no peer. */
    List<PeersConfig> configs() {
        return sections.values().stream().map(this::config).toList();
    }

    private PeersConfig config(PeersDraft section) {
        if (section.disabled || localPeer == null || !isComplete(section)) {
            return PeersConfig.builder(section.name, localPeer == null ? section.name : localPeer)
                    .build();
        }
        PeersConfig.Builder builder = PeersConfig.builder(section.name, localPeer);
        binds(section).forEach(bind -> builder.bind(bind.address()));
        if (section.tls.isOn()) {
            builder.tls(section.tls.config(global.tls));
        }
        section.peers.forEach(
                (name, place) -> {
                    BindAddress address = place.address();
                    if (!name.equals(localPeer) && address != null) {
                        ServerSettings own = place.settings();
                        boolean verify = own.verifies(global.verifyByDefault);
                        builder.peer(
                                new PeerConfig(
                                        name,
                                        address.host(),
                                        address.port(),
                                        own.tls.config(global.tls, verify, own.caFile)));
                    }
                });
        return builder.build();
    }
}
