package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.TlsParameters;
import io.evenkeel.lb.TlsVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What words about TLS say that bind lines, server lines and the defaults of both have. */
final class TlsWords {
    /** Why words of TLS are refused that leave no version. */
    static final String NO_VERSION = "no version of TLS is left; TLSv1.2 and TLSv1.3 are spoken";

    private static final List<String> VERSIONS =
            List.of("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private static final String OLDEST = "TLSv1.2";

    private @Nullable TlsVersion least;
    private @Nullable TlsVersion most;
    private final Set<TlsVersion> excluded = EnumSet.noneOf(TlsVersion.class);
    private @Nullable List<String> protocols;
    private @Nullable List<String> cipherSuites12;
    private @Nullable List<String> cipherSuites13;

    TlsWords copy() {
        TlsWords copy = new TlsWords();
        copy.least = least;
        copy.most = most;
        copy.excluded.addAll(excluded);
        copy.protocols = protocols;
        copy.cipherSuites12 = cipherSuites12;
        copy.cipherSuites13 = cipherSuites13;
        return copy;
    }

    /** Whether the word was one of these. */
    boolean read(Words words, String name) {
        switch (name) {
            case "ssl-min-ver", "ssl-max-ver" -> limit(words, name);
            case "no-sslv3", "no-tlsv10", "no-tlsv11" -> {
                // They are not spoken anyway.
            }
            case "no-tlsv12" -> excluded.add(TlsVersion.TLS_1_2);
            case "no-tlsv13" -> excluded.add(TlsVersion.TLS_1_3);
            case "force-tlsv12" -> only(TlsVersion.TLS_1_2);
            case "force-tlsv13" -> only(TlsVersion.TLS_1_3);
            case "alpn" -> {
                String list = words.argument(name, "protocols with commas between them");
                if (list != null) {
                    protocols(words, list);
                }
            }
            case "ciphers" -> ciphers(words, words.argument(name, "names of cipher suites"));
            case "ciphersuites" -> suites(words, name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocols(Words words, String list) {
        List<String> names = List.of(list.split(",", -1));
        if (names.contains("")) {
            words.refuse(
                    "'alpn' "
                            + Report.quote(list)
                            + " holds an empty name; write names of protocols with commas between"
                            + " them, such as h2,http/1.1");
            return;
        }
        TlsParameters checked =
                words.report()
                        .orRefuse(
                                words.line(),
                                () ->
                                        new TlsParameters(
                                                EnumSet.allOf(TlsVersion.class), names, List.of()));
        if (checked != null) {
            protocols = checked.protocols();
        }
    }

    /** {@code ssl-default-...-ciphers} and their like. */
    void ciphers(Words words, @Nullable String list) {
        if (list == null) {
            return;
        }
        List<String> suites = CipherSuites.ofNames(list);
        if (suites == null) {
            words.warn(
                    "the ciphers "
                            + Report.quote(list)
                            + " have no effect: they are not all names of cipher suites of TLS 1.2,"
                            + " such as ECDHE-RSA-AES128-GCM-SHA256; those are offered that the"
                            + " provider of TLS takes to be good");
        } else {
            cipherSuites12 = suites;
        }
    }

    /** Those of TLS 1.3. */
    void suites(Words words, String name) {
        String list = words.argument(name, "names of cipher suites");
        if (list == null) {
            return;
        }
        List<String> suites = List.of(list.split(":", -1));
        if (CipherSuites.TLS_1_3.containsAll(suites)) {
            cipherSuites13 = suites;
        } else {
            words.warn(
                    "the ciphersuites "
                            + Report.quote(list)
                            + " have no effect: they are not all of "
                            + String.join(", ", CipherSuites.TLS_1_3));
        }
    }

    private void only(TlsVersion version) {
        least = version;
        most = version;
    }

    private void limit(Words words, String name) {
        String word = words.choice(name, VERSIONS);
        if (word == null) {
            return;
        }
        boolean old = word.compareTo(OLDEST) < 0;
        TlsVersion version =
                word.equals(TlsVersion.TLS_1_3.protocol())
                        ? TlsVersion.TLS_1_3
                        : TlsVersion.TLS_1_2;
        if (name.equals("ssl-min-ver")) {
            least = version;
            if (old) {
                words.warn("'" + name + " " + word + "' is as good as " + OLDEST + ", the oldest");
            }
        } else if (old) {
            words.refuse(
                    "'"
                            + name
                            + " "
                            + word
                            + "' leaves no version: "
                            + OLDEST
                            + " is the oldest that is spoken; raise it");
        } else {
            most = version;
        }
    }

    /** Whether a version is left that is spoken. */
    boolean hasVersion(TlsWords defaults) {
        return !versions(defaults).isEmpty();
    }

    private Set<TlsVersion> versions(TlsWords defaults) {
        TlsVersion from = least == null ? defaults.least : least;
        TlsVersion to = most == null ? defaults.most : most;
        Set<TlsVersion> versions =
                EnumSet.range(
                        from == null ? TlsVersion.TLS_1_2 : from,
                        to == null || from != null && to.compareTo(from) < 0
                                ? TlsVersion.TLS_1_3
                                : to);
        versions.removeAll(excluded);
        versions.removeAll(defaults.excluded);
        return versions;
    }

    /** What is offered, where {@code defaults} say what these words do not. */
    TlsParameters parameters(TlsWords defaults) {
        List<String> offered = protocols == null ? defaults.protocols : protocols;
        List<String> suites12 = cipherSuites12 == null ? defaults.cipherSuites12 : cipherSuites12;
        List<String> suites13 = cipherSuites13 == null ? defaults.cipherSuites13 : cipherSuites13;
        List<String> suites = new ArrayList<>();
        if (suites12 != null || suites13 != null) {
            suites.addAll(suites13 == null ? CipherSuites.TLS_1_3 : suites13);
            suites.addAll(suites12 == null ? CipherSuites.TLS_1_2 : suites12);
        }
        return new TlsParameters(versions(defaults), offered == null ? List.of() : offered, suites);
    }

    /** A path as it is seen from {@code crt-base} or {@code ca-base}. */
    static String path(@Nullable String base, String path) {
        return base == null || path.startsWith("/") ? path : base + "/" + path;
    }
}
