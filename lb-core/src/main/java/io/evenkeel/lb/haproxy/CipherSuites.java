package io.evenkeel.lb.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns OpenSSL's names of cipher suites into the registered ones. */
final class CipherSuites {
    /** All of TLS 1.3. */
    static final List<String> TLS_1_3 =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    /** Those of TLS 1.2 that are taken to be good. */
    static final List<String> TLS_1_2 =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final Pattern NAME =
            Pattern.compile(
                    "(?:(ECDHE|DHE)-(ECDSA|RSA)-)?"
                            + "(?:(CHACHA20-POLY1305)|AES(128|256)-(GCM-)?(SHA(?:256|384)?))");

    private CipherSuites() {}

    /** Of {@code NAME:NAME...}; null if one is none of TLS 1.2, such as {@code HIGH} or {@code !MD5}. */
    static @Nullable List<String> ofNames(String names) {
        List<String> suites = new ArrayList<>();
        for (String name : names.split(":", -1)) {
            Matcher parts = NAME.matcher(name);
            if (!parts.matches()) {
                return null;
            }
            String exchange = parts.group(1) == null ? "" : parts.group(1) + "_";
            String signature = parts.group(2) == null ? "RSA" : parts.group(2);
            String cipher =
                    parts.group(3) == null
                            ? "AES_"
                                    + parts.group(4)
                                    + (parts.group(5) == null ? "_CBC_" : "_GCM_")
                                    + parts.group(6)
                            : "CHACHA20_POLY1305_SHA256";
            suites.add("TLS_" + exchange + signature + "_WITH_" + cipher);
        }
        return suites;
    }
}
