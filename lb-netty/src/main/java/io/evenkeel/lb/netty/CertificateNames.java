package io.evenkeel.lb.netty;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The names that a certificate is of, with HAProxy's rules: its DNS names and its common name; {@code *} stands for one label, the first. */
final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    /** In lower case. */
    static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0).equals(DNS_NAME)) {
                        names.add(String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Names that nobody can read are names that nobody asks for.
        }
        String common = commonName(certificate);
        if (common != null) {
            names.add(common.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** The first common name of its subject, or null. */
    static @Nullable String commonName(X509Certificate certificate) {
        try {
            // Names are written from the last part to the first.
            List<Rdn> parts =
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (Rdn part : parts) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return null;
        }
        return null;
    }

    static boolean match(X509Certificate certificate, String host) {
        String name = canonical(host);
        String wildcard = wildcard(name);
        Set<String> names = of(certificate);
        return names.contains(name) || wildcard != null && names.contains(wildcard);
    }

    /** {@code *.example.com} of {@code www.example.com}; null if the name has one label only. */
    static @Nullable String wildcard(String name) {
        int dot = name.indexOf('.');
        return dot <= 0 ? null : "*" + name.substring(dot);
    }

    /** The form in which names are compared: lower case, no dot at the end. */
    static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
