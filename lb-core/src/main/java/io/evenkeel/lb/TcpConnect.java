package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * Connects; a connection that there is already is closed ({@code tcp-check connect}).
 *
 * @param usual whether what the server's {@link CheckConfig} says about TLS holds too ({@code default})
 * @param host where to, or null for the host that the server is checked at
 * @param port 1 to 65535, or 0 for the port that the server is checked at
 * @param tls whether over TLS
 * @param sni the name that TLS asks for, or null
 * @param linger whether the connection is closed by FIN and not by RST
 * @param comment see {@link TcpCheckStep#comment()}
 */
public record TcpConnect(
        boolean usual,
        @Nullable String host,
        int port,
        boolean tls,
        @Nullable String sni,
        boolean linger,
        @Nullable String comment)
        implements TcpCheckStep {
    /** As the server's {@link CheckConfig} says. */
    public static final TcpConnect USUAL = new TcpConnect(true, null, 0, false, null, false, null);

    /**
     * Checks the form.
     *
     * @throws InvalidConfigException with every problem
     */
    public TcpConnect {
        Problems problems = new Problems("connect");
        problems.range("port", port, 0, 65535);
        if (host != null) {
            problems.host("host", host);
        }
        if (sni != null) {
            problems.host("sni", sni);
        }
        problems.throwIfAny();
    }

    /** To another port of the server, without TLS. */
    public static TcpConnect toPort(int port) {
        return new TcpConnect(false, null, port, false, null, false, null);
    }

    /** Whether the connection to a server that is checked so is over TLS. */
    public boolean isTls(CheckConfig check) {
        return tls || usual && check.tls();
    }

    /** The name that TLS asks a server for that is checked so, or null. */
    public @Nullable String sni(CheckConfig check) {
        return sni == null && usual ? check.sni() : sni;
    }

    /** The host to connect to. */
    public String host(ServerConfig server, CheckConfig check) {
        if (host != null) {
            return host;
        }
        String checked = check.host();
        return checked == null ? server.host() : checked;
    }

    /** The port to connect to. */
    public int port(ServerConfig server, CheckConfig check) {
        if (port != 0) {
            return port;
        }
        return check.port() == 0 ? server.port() : check.port();
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder("connect");
        if (host != null) {
            text.append(" to ").append(host);
        }
        if (port != 0) {
            text.append(" to port ").append(port);
        }
        return tls ? text.append(" over TLS").toString() : text.toString();
    }
}
