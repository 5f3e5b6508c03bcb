package io.evenkeel.lb;

/** What the entries of a stick table call a server ({@code srvkey}); never its place in the configuration, which may change. */
public enum StickServerKey {
    /** Its name. */
    NAME,
    /**
     * Its configured host and port, and {@code #} with {@link ServerConfig#addressNumber()} if it has one: for nodes whose
     * configurations name the same servers differently. Of a server whose name {@linkplain ServerConfig#resolution() is resolved} it
     * is the address that it has at the time.
     */
    ADDRESS;

    /** What an entry of a table with this calls the server. */
    public String of(ServerConfig server) {
        if (this == NAME) {
            return server.name();
        }
        String address = BindAddress.format(server.host(), server.port());
        return server.addressNumber() == 0 ? address : address + "#" + server.addressNumber();
    }
}
