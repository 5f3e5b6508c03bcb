package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.StickRule;
import io.evenkeel.lb.StickTableConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A defaults, frontend, listen or backend section while the file is read. */
final class ProxyDraft {
    /** An address of a bind line. */
    record Bind(BindAddress address, boolean acceptProxy, @Nullable BindTlsWords tls, int line) {
        /** The same with {@code accept-proxy}. */
        Bind acceptingProxy() {
            return new Bind(address, true, tls, line);
        }

        /** The same with TLS. */
        Bind with(BindTlsWords words) {
            return new Bind(address, acceptProxy, words, line);
        }

        void give(FrontendConfig.Builder frontend, GlobalTls global) {
            if (tls != null) {
                frontend.tls(address, tls.config(global));
            }
            if (acceptProxy) {
                frontend.bind(address, ProxyHeaderSenders.anybody());
            } else {
                frontend.bind(address);
            }
        }
    }

    /**
     * A server line, or one of the servers of a template.
     *
     * @param port or a difference to the port of the client's connection if {@code mapped}
     * @param addressNumber see {@link io.evenkeel.lb.ServerConfig#addressNumber()}
     */
    record Server(
            String name,
            String host,
            int port,
            boolean mapped,
            int addressNumber,
            ServerSettings settings,
            int line) {
        /** The same at this port. */
        Server at(int port) {
            return new Server(name, host, port, false, addressNumber, settings, line);
        }
    }

    /** A line of which the rest of the section decides what is to be said. */
    record HttpLine(String name, int line) {}

    /** A stick-table line; no table: it was refused. */
    record StickTable(@Nullable StickTableConfig config, int line) {}

    /** A stick line. */
    record Stick(StickRule rule, int line) {}

    final Section section;
    final String name;
    final int line;
    final ProxySettings settings;
    final List<Bind> binds = new ArrayList<>();
    final List<Server> servers = new ArrayList<>();
    final List<Stick> stickRules = new ArrayList<>();
    @Nullable StickTable stickTable;
    final ProxyRules rules = new ProxyRules();

    /** Whether a bind or server line was refused, so that none being left is no further problem. */
    boolean bindRefused;

    boolean serverRefused;

    /** What bind lines say of their sockets, by line. */
    final Map<Integer, ListenSettings> listens = new HashMap<>();

    /** {@code maxconn} of a bind line; 0: not given. */
    int bindMaxConnections;

    int bindMaxConnectionsLine;

    /** The stats lines of this section, and those of {@link HttpMode#RULES}. */
    final List<HttpLine> httpLines = new ArrayList<>();

    /** Whether HAProxy shows statistics or metrics here. */
    boolean shows;

    /** Whether HAProxy itself answers the requests of clients here. */
    boolean answers;

    /** Whether rules choose the backend. */
    boolean chooses;

    ProxyDraft(Section section, String name, int line, ProxySettings settings) {
        this.section = section;
        this.name = name;
        this.line = line;
        this.settings = settings;
    }

    /** Whether connections that are accepted here may be given to that backend. */
    boolean leadsTo(ProxyDraft backend) {
        if (settings.disabled) {
            return false;
        }
        String byDefault = settings.defaultBackend;
        return (byDefault == null ? backend == this : byDefault.equals(backend.name))
                || rules.uses.stream().anyMatch(use -> use.backend().equals(backend.name));
    }

    /** {@code frontend 'web'}. */
    String title() {
        return section.keyword() + " " + Report.quote(name);
    }
}
