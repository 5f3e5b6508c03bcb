package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A peers section as it was read, before it is known which of its peers this node is. */
final class PeersDraft {
    /** Where a peer is, null if the line has no address, and how it is connected to. */
    record Place(@Nullable BindAddress address, ServerSettings settings, int line) {}

    /** Where this node listens. */
    record Bind(BindAddress address, int line) {}

    final String name;
    final int line;
    final Map<String, Place> peers = new LinkedHashMap<>();
    final List<Bind> binds = new ArrayList<>();

    /** What the lines of peers that follow begin with. */
    final ServerSettings defaults = new ServerSettings();

    /** What all bind and default-bind lines say together of TLS. */
    final BindTlsWords tls = new BindTlsWords();

    /** The last of those lines. */
    int tlsLine;

    boolean disabled;

    /** A line begins with {@code peer}, so that none may begin with {@code bind}. */
    boolean hasPeerLine;

    /** Something of it was refused, so that what is missing is not told once more. */
    boolean refused;

    PeersDraft(String name, int line) {
        this.name = name;
        this.line = line;
    }
}
