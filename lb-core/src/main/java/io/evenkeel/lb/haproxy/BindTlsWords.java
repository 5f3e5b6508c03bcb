package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.BindTlsConfig.ClientCertificates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the words of a bind line about TLS. */
final class BindTlsWords {
    private final TlsWords offered = new TlsWords();
    private final List<String> certificates = new ArrayList<>();
    private boolean on;
    private ClientCertificates verify = ClientCertificates.NONE;
    private boolean strictSni;
    private @Nullable String authorities;

    /** Whether the word was one of these. */
    boolean read(Words words, String name) {
        switch (name) {
            case "ssl" -> on = true;
            case "strict-sni" -> strictSni = true;
            case "crt" -> {
                String path = words.argument(name, "a PEM file or a directory of them");
                if (path != null) {
                    certificates.add(path);
                }
            }
            case "ca-file" -> authorities = words.argument(name, "a PEM file");
            case "verify" -> {
                String word = words.choice(name, List.of("none", "optional", "required"));
                if (word != null) {
                    verify =
                            switch (word) {
                                case "optional" -> ClientCertificates.OPTIONAL;
                                case "required" -> ClientCertificates.REQUIRED;
                                default -> ClientCertificates.NONE;
                            };
                }
            }
            default -> {
                return offered.read(words, name);
            }
        }
        return true;
    }

    /** Whether TLS is taken off. */
    boolean isOn() {
        return on;
    }

    /** Looks at the line together. */
    void check(Report report, int line, boolean refused) {
        if (!on) {
            if (!certificates.isEmpty()) {
                report.warn(line, "'crt' has no effect: the line has no 'ssl'");
            }
            return;
        }
        if (certificates.isEmpty() && !refused) {
            report.refuse(line, "'ssl' needs a certificate; write 'crt FILE', or 'crt DIRECTORY'");
        }
        if (verify != ClientCertificates.NONE && authorities == null) {
            report.refuse(
                    line,
                    "'verify' needs to know of which authorities certificates of clients are;"
                            + " write 'ca-file FILE'");
        }
    }

    /** After {@link #check} has found nothing, of a line that is {@link #isOn}. */
    BindTlsConfig config(GlobalTls global) {
        return new BindTlsConfig(
                certificates.stream()
                        .map(path -> TlsWords.path(global.certificateBase, path))
                        .toList(),
                verify,
                authorities == null ? null : TlsWords.path(global.authorityBase, authorities),
                strictSni || global.strictSni,
                offered.parameters(global.bind));
    }

    /** Whether a version is left that is spoken. */
    boolean hasVersion(GlobalTls global) {
        return offered.hasVersion(global.bind);
    }
}
