package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import java.util.ArrayList;
import java.util.List;

/** A defaults, frontend, listen or backend section while the file is read. */
final class ProxyDraft {
    /** An address of a bind line. */
    record Bind(BindAddress address, int line) {}

    /** A server line. */
    record Server(String name, String host, int port, ServerSettings settings, int line) {}

    final Section section;
    final String name;
    final int line;
    final ProxySettings settings;
    final List<Bind> binds = new ArrayList<>();
    final List<Server> servers = new ArrayList<>();

    /** Whether a bind or server line was refused, so that none being left is no further problem. */
    boolean bindRefused;

    boolean serverRefused;

    ProxyDraft(Section section, String name, int line, ProxySettings settings) {
        this.section = section;
        this.name = name;
        this.line = line;
        this.settings = settings;
    }

    /** {@code frontend 'web'}. */
    String title() {
        return section.keyword() + " " + Report.quote(name);
    }
}
