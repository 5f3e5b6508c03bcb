package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ServerTlsConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words of a server line about TLS, but for {@code verify} and {@code ca-file}, which checks have too. */
final class ServerTlsWords {
    static final String SYSTEM = "@system-ca";

    private static final Pattern TEXT = Pattern.compile("str\\(([^()]+)\\)");

    private TlsWords offered = new TlsWords();
    private boolean on;
    private boolean forwardServerName;
    private @Nullable String serverName;
    private @Nullable String verifiedName;
    private @Nullable String certificate;

    ServerTlsWords copy() {
        ServerTlsWords copy = new ServerTlsWords();
        copy.offered = offered.copy();
        copy.on = on;
        copy.forwardServerName = forwardServerName;
        copy.serverName = serverName;
        copy.verifiedName = verifiedName;
        copy.certificate = certificate;
        return copy;
    }

    /** Whether the word was one of these. */
    boolean read(Words words, String name) {
        switch (name) {
            case "ssl" -> on = true;
            case "no-ssl" -> on = false;
            case "sni" -> sni(words, words.argument(name, "str(NAME) or ssl_fc_sni"));
            case "verifyhost" -> {
                String host = words.argument(name, "a host name");
                verifiedName = host == null ? null : Addresses.name(words, "'verifyhost'", host);
            }
            case "no-verifyhost" -> verifiedName = null;
            case "crt" -> certificate = words.argument(name, "a PEM file");
            default -> {
                return offered.read(words, name);
            }
        }
        return true;
    }

    private void sni(Words words, @Nullable String expression) {
        if (expression == null) {
            return;
        }
        Matcher text = TEXT.matcher(expression);
        if (text.matches()) {
            serverName = Addresses.name(words, "'sni'", text.group(1));
            forwardServerName = false;
        } else if (expression.equals("ssl_fc_sni")) {
            forwardServerName = true;
            serverName = null;
        } else {
            words.refuse(
                    "'sni' cannot be "
                            + Report.quote(expression)
                            + "; write str(NAME), or ssl_fc_sni for the name that the client has"
                            + " asked for");
        }
    }

    /** What is wrong where certificates are verified and nothing says against what. */
    static String noAuthorities(String what, boolean ofFile) {
        return what
                + " verifies the certificate, but no ca-file says against what; write"
                + (ofFile ? " 'ca-file FILE'," : "")
                + " 'ca-file @system-ca' for the authorities that the JVM trusts, or 'verify none'";
    }

    /** Whether connections are made with TLS. */
    boolean isOn() {
        return on;
    }

    /** Whether a version is left that is spoken. */
    boolean hasVersion(GlobalTls global) {
        return offered.hasVersion(global.server);
    }

    /** How connections are made; null: as they are. */
    @Nullable ServerTlsConfig config(GlobalTls global, boolean verify, @Nullable String caFile) {
        if (!on) {
            return null;
        }
        boolean system = caFile == null || caFile.equals(SYSTEM);
        return new ServerTlsConfig(
                verify,
                system ? null : TlsWords.path(global.authorityBase, caFile),
                serverName,
                forwardServerName,
                verifiedName,
                certificate == null ? null : TlsWords.path(global.certificateBase, certificate),
                offered.parameters(global.server));
    }
}
