package io.evenkeel.lb;

/** What the entries of a stick table call a server ({@code srvkey}); never its place in the configuration, which may change. */
public enum StickServerKey {
    /** Its name. */
    NAME,
    /** Its configured host and port: for nodes whose configurations name the same servers differently. */
    ADDRESS;

    /** What an entry of a table with this calls the server. */
    public String of(ServerConfig server) {
        return this == NAME ? server.name() : BindAddress.format(server.host(), server.port());
    }
}
