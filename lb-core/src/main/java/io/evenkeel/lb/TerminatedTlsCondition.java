package io.evenkeel.lb;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something of the TLS connection that was taken off a client's.
 *
 * @param match null: that it was taken off at all
 */
record TerminatedTlsCondition(Part part, @Nullable TextMatch match) implements Condition {
    /** What is looked at. */
    enum Part {
        /** The name that the client has asked for. */
        SERVER_NAME,
        /** What was chosen by ALPN. */
        PROTOCOL,
        /** The version. */
        VERSION,
        /** The common name of the client's certificate. */
        COMMON_NAME,
        /** Whether there is a certificate. */
        CERTIFICATE
    }

    @Override
    public Truth test(ConnectionFacts facts) {
        TerminatedTls tls = facts.terminated();
        if (tls == null || part == Part.CERTIFICATE && tls.certificate() == null) {
            return Truth.FALSE;
        }
        if (match == null) {
            return Truth.TRUE;
        }
        String text = text(tls);
        return Truth.of(text != null && match.matches(text, 0, text.length()));
    }

    private @Nullable String text(TerminatedTls tls) {
        TerminatedTls.ClientCertificate shown = tls.certificate();
        return switch (part) {
            case SERVER_NAME -> tls.serverName();
            case PROTOCOL -> tls.protocol();
            case VERSION -> tls.version();
            case COMMON_NAME -> shown == null ? null : shown.commonName();
            case CERTIFICATE -> "";
        };
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TERMINATED_TLS);
    }
}
