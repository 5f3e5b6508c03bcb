package io.evenkeel.lb.netty;

import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Says why TLS has failed. */
final class TlsFailure {
    private static final int LONGEST = 200;

    private TlsFailure() {}

    /** What a connection to a server ends with that could not be made. */
    static TerminationCause causeOf(IOException failure) {
        return failure instanceof SSLException
                ? TerminationCause.SERVER_TLS_FAILED
                : TerminationCause.CONNECT_FAILED;
    }

    /** The reason, which is hidden some causes down. */
    static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        if (root instanceof CertificateExpiredException) {
            message = "the certificate has expired: " + message;
        } else if (root instanceof CertificateNotYetValidException) {
            message = "the certificate is not valid yet: " + message;
        }
        return shorten(message);
    }

    /** The same as a part of a sentence. */
    static String part(Throwable failure) {
        String reason = describe(failure);
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    static String shorten(String message) {
        return message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    }
}
