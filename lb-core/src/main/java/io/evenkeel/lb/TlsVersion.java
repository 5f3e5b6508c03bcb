package io.evenkeel.lb;

/** A version of TLS that connections may have. Older ones are not spoken (RFC 8996). */
public enum TlsVersion {
    /** RFC 5246. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /** As HAProxy, OpenSSL and the JDK write it: {@code TLSv1.3}. */
    public String protocol() {
        return protocol;
    }
}
