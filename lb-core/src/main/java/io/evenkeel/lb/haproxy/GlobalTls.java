package io.evenkeel.lb.haproxy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the global sections say about TLS. */
final class GlobalTls {
    /** Words without effect among the options. */
    private static final Set<String> IDLE = Set.of("no-tls-tickets", "prefer-client-ciphers");

    final TlsWords bind = new TlsWords();
    final TlsWords server = new TlsWords();
    boolean strictSni;
    @Nullable String certificateBase;
    @Nullable String authorityBase;

    /** Whether the keyword was one of these. */
    boolean read(Words words, String name) {
        switch (name) {
            case "crt-base" -> certificateBase = words.argument(name, "a directory");
            case "ca-base" -> authorityBase = words.argument(name, "a directory");
            case "ssl-default-bind-options" -> options(words, name, bind);
            case "ssl-default-server-options" -> options(words, name, server);
            case "ssl-default-bind-ciphers" ->
                    bind.ciphers(words, words.argument(name, "names of cipher suites"));
            case "ssl-default-server-ciphers" ->
                    server.ciphers(words, words.argument(name, "names of cipher suites"));
            case "ssl-default-bind-ciphersuites" -> bind.suites(words, name);
            case "ssl-default-server-ciphersuites" -> server.suites(words, name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void options(Words words, String keyword, TlsWords of) {
        while (words.hasNext()) {
            String option = words.next();
            if (option.equals("strict-sni") && of == bind) {
                strictSni = true;
            } else if (option.equals("force-sslv3")
                    || option.equals("force-tlsv10")
                    || option.equals("force-tlsv11")) {
                words.refuse(
                        "'"
                                + keyword
                                + " "
                                + option
                                + "' is not supported: TLSv1.2 is the oldest version that is"
                                + " spoken");
            } else if (IDLE.contains(option)) {
                words.warn("'" + option + "' has no effect: " + BindKeywords.PROVIDERS);
            } else if (!isOption(option) || !of.read(words, option)) {
                words.refuse("'" + keyword + "' does not know " + Report.quote(option));
            }
        }
    }

    private static boolean isOption(String word) {
        return word.startsWith("no-") || word.startsWith("force-") || word.startsWith("ssl-m");
    }
}
