package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.lb.TerminatedTls.ClientCertificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules see of the TLS connection that was taken off a client's. */
class TerminatedTlsConditionTest {
    private static final TextMatch ADMIN = TextMatch.exact("admin");
    private static final TerminatedTls BARE =
            new TerminatedTls(null, null, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", null);

    private static Truth test(Condition condition, TerminatedTls tls) {
        byte[] address = {10, 0, 0, 1};
        ConnectionFacts facts = new ConnectionFacts(address, 40_000, address, 443);
        if (tls != null) {
            facts.terminated(tls);
        }
        return condition.test(facts);
    }

    private static TerminatedTls shown(String name, String protocol, String commonName) {
        return new TerminatedTls(
                name,
                protocol,
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                new ClientCertificate(commonName));
    }

    @Test
    void withoutTlsNothingIsTrue() {
        for (Condition each :
                List.of(
                        Condition.terminatedTls(),
                        Condition.terminatedServerName(ADMIN),
                        Condition.terminatedProtocol(ADMIN),
                        Condition.terminatedVersion(ADMIN),
                        Condition.clientCertificate(),
                        Condition.clientCommonName(ADMIN))) {
            assertEquals(Truth.FALSE, test(each, null), each.toString());
            assertEquals(Set.of(Condition.Need.TERMINATED_TLS), each.needs());
        }
    }

    @Test
    void whatTheClientHasAskedForAndShownIsCompared() {
        TerminatedTls admin = shown("admin", "admin", "admin");
        TerminatedTls other = shown("www", "h2", null);
        for (Condition each :
                List.of(
                        Condition.terminatedServerName(ADMIN),
                        Condition.terminatedProtocol(ADMIN),
                        Condition.clientCommonName(ADMIN))) {
            assertEquals(Truth.TRUE, test(each, admin), each.toString());
            assertEquals(Truth.FALSE, test(each, other), each.toString());
            assertEquals(Truth.FALSE, test(each, BARE), each.toString());
        }
        assertEquals(Truth.TRUE, test(Condition.terminatedTls(), BARE));
        assertEquals(Truth.FALSE, test(Condition.clientCertificate(), BARE));
        assertEquals(Truth.TRUE, test(Condition.clientCertificate(), other));
        Condition old = Condition.terminatedVersion(TextMatch.exact("TLSv1.2"));
        assertEquals(Truth.TRUE, test(old, BARE));
        assertEquals(Truth.FALSE, test(old, other));
    }

    @Test
    void whatIsMissingInTheSettingsOfTlsIsTold() {
        assertEquals(
                List.of(
                        "tls.certificates: are missing; name a PEM file or a directory of them",
                        "tls.clientAuthorities: are missing; name the PEM file of those that"
                                + " certificates of clients are of"),
                problems(
                        () ->
                                new BindTlsConfig(
                                        List.of(),
                                        BindTlsConfig.ClientCertificates.OPTIONAL,
                                        null,
                                        false,
                                        TlsParameters.DEFAULT)));
        assertEquals(
                List.of("tls.certificates: are missing; name a PEM file or a directory of them"),
                problems(() -> BindTlsConfig.of("")));
        assertEquals(
                List.of("tls.versions: are none; take TLSv1.2, TLSv1.3 or both"),
                problems(() -> TlsParameters.DEFAULT.withVersions()));
        assertEquals(
                List.of(
                        "tls.protocols: hold '', but the name of one has 1 to 255 characters",
                        "tls.protocols: hold '"
                                + "x".repeat(256)
                                + "', but the name of one has 1 to 255 characters"),
                problems(() -> TlsParameters.DEFAULT.withProtocols("", "x".repeat(256))));
    }

    private static List<String> problems(Runnable made) {
        return assertThrows(InvalidConfigException.class, made::run).problems().stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }
}
