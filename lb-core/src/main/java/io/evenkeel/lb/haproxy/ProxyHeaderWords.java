package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.TcpConnect;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the words of a server line about PROXY headers. */
final class ProxyHeaderWords {
    /**
     * What words turn on and off. As in HAProxy there is a header as long as one of them is on, whichever; it is of version 2 if
     * {@link #V2} is.
     */
    enum Part {
        /** {@code send-proxy}. */
        V1,
        /** {@code send-proxy-v2}. */
        V2,
        /** {@code send-proxy-v2-ssl}, {@code ssl}. */
        SSL,
        /** {@code send-proxy-v2-ssl-cn}, {@code cert-cn}. */
        CERTIFICATE_NAME,
        /** {@code ssl-cipher}, {@code cert-sig}, {@code cert-key}. */
        TLS_PARAMETERS,
        /** {@code authority}. */
        AUTHORITY,
        /** {@code crc32c}. */
        CRC32C
    }

    private static final Map<String, Set<Part>> WORDS =
            Map.of(
                    "send-proxy", Set.of(Part.V1),
                    "send-proxy-v2", Set.of(Part.V2),
                    "send-proxy-v2-ssl", Set.of(Part.V2, Part.SSL),
                    "send-proxy-v2-ssl-cn", Set.of(Part.V2, Part.SSL, Part.CERTIFICATE_NAME));

    private static final Map<String, Part> OPTIONS =
            Map.of(
                    "ssl", Part.SSL,
                    "cert-cn", Part.CERTIFICATE_NAME,
                    "ssl-cipher", Part.TLS_PARAMETERS,
                    "cert-sig", Part.TLS_PARAMETERS,
                    "cert-key", Part.TLS_PARAMETERS,
                    "authority", Part.AUTHORITY,
                    "crc32c", Part.CRC32C);

    private static final List<String> OPTION_NAMES =
            List.of(
                    "ssl",
                    "cert-cn",
                    "ssl-cipher",
                    "cert-sig",
                    "cert-key",
                    "authority",
                    "crc32c",
                    "unique-id");

    private ProxyHeaderWords() {}

    /** Whether the word was one of these. */
    static boolean read(Words words, String name, ServerSettings settings) {
        boolean off = name.startsWith("no-");
        String turned = off ? name.substring("no-".length()) : name;
        Set<Part> parts = WORDS.get(turned);
        if (parts != null && off) {
            settings.proxyHeader.removeAll(parts);
        } else if (parts != null) {
            settings.proxyHeader.addAll(parts);
        } else if (turned.equals("check-send-proxy")) {
            settings.checkProxyHeader = !off;
        } else if (name.equals("proxy-v2-options")) {
            options(words, settings);
        } else {
            return false;
        }
        return true;
    }

    private static void options(Words words, ServerSettings settings) {
        String options = words.argument("proxy-v2-options", "options with commas between them");
        if (options == null) {
            return;
        }
        for (String option : options.split(",", -1)) {
            Part part = OPTIONS.get(option);
            if (part != null) {
                settings.proxyHeader.add(part);
            } else if (option.equals("unique-id")) {
                words.refuse(
                        "'proxy-v2-options unique-id' is not supported: connections have no unique"
                                + " ID, for unique-id-format is not carried out; remove it");
            } else {
                words.refuse(
                        "'proxy-v2-options' does not know "
                                + Report.quote(option)
                                + "; it takes "
                                + String.join(", ", OPTION_NAMES)
                                + Nearest.hint(option, OPTION_NAMES));
            }
        }
    }

    /** What the server gets in front of a connection's bytes, or null. */
    static @Nullable ProxyHeader ofConnections(ServerSettings settings) {
        return settings.proxyHeader.isEmpty() ? null : header(settings);
    }

    /**
     * What the server gets first of a check, or null.
     *
     * @param connect the only rule about connecting, which speaks for itself unless it says {@code default}; null: there is none
     */
    static @Nullable ProxyHeader ofChecks(ServerSettings settings, @Nullable TcpConnect connect) {
        if (connect != null && !connect.usual()) {
            return null;
        }
        boolean own = settings.checkHost == null && settings.checkPort == 0;
        return settings.checkProxyHeader || own && !settings.proxyHeader.isEmpty()
                ? header(settings)
                : null;
    }

    private static ProxyHeader header(ServerSettings settings) {
        Set<Part> parts = settings.proxyHeader;
        if (!parts.contains(Part.V2)) {
            return ProxyHeader.v1();
        }
        Set<ProxyHeader.Option> options = EnumSet.noneOf(ProxyHeader.Option.class);
        if (parts.contains(Part.SSL)) {
            options.add(ProxyHeader.Option.SSL);
        }
        if (parts.contains(Part.SSL) && parts.contains(Part.CERTIFICATE_NAME)) {
            options.add(ProxyHeader.Option.SSL_COMMON_NAME);
        }
        if (parts.contains(Part.AUTHORITY)) {
            options.add(ProxyHeader.Option.AUTHORITY);
        }
        if (parts.contains(Part.CRC32C)) {
            options.add(ProxyHeader.Option.CRC32C);
        }
        return new ProxyHeader(ProxyHeader.Version.V2, options);
    }
}
