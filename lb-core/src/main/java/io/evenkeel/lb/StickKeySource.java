package io.evenkeel.lb;

/** What of a connection is the key of a {@link StickRule}. */
public enum StickKeySource {
    /** The client's address ({@code src}). */
    SOURCE("src"),
    /** The address that the client has connected to ({@code dst}). */
    DESTINATION("dst"),
    /** The port that the client has connected to ({@code dst_port}). */
    DESTINATION_PORT("dst_port"),
    /** The server name that the client asks for in TLS ({@code req.ssl_sni}). */
    SNI("req.ssl_sni"),
    /** What the application says. */
    APPLICATION("the application's key");

    private final String haproxyName;

    StickKeySource(String haproxyName) {
        this.haproxyName = haproxyName;
    }

    /** Whether keys of a type can be made of it; of addresses those of its own family at least. */
    public boolean fits(StickKeyType type) {
        return switch (this) {
            case SOURCE, DESTINATION ->
                    type.kind() == StickKeyType.Kind.IP
                            || type.kind() == StickKeyType.Kind.IPV6
                            || type.kind() == StickKeyType.Kind.BINARY;
            case DESTINATION_PORT ->
                    type.kind() == StickKeyType.Kind.INTEGER
                            || type.kind() == StickKeyType.Kind.STRING
                            || type.kind() == StickKeyType.Kind.BINARY;
            case SNI ->
                    type.kind() == StickKeyType.Kind.STRING
                            || type.kind() == StickKeyType.Kind.BINARY;
            case APPLICATION -> true;
        };
    }

    /** As in {@code haproxy.cfg}: {@code src}. */
    @Override
    public String toString() {
        return haproxyName;
    }
}
