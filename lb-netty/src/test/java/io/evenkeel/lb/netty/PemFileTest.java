package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerTlsConfig;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemFileTest {
    @Test
    void aFileWithoutAnEndIsRefused() {
        TlsFileException refused =
                assertThrows(TlsFileException.class, () -> PemFile.read(Path.of("/dev/zero")));
        assertEquals(
                "The file /dev/zero is longer than any file of certificates: it has more than 16 MiB.",
                refused.getMessage());
    }

    @Test
    void anEncryptedKeyIsNamedWhicheverWayOpensslWroteIt() {
        String ofOld =
                """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,8C4A1B5E0D8F7A6B3C2D1E0F9A8B7C6D

                aGVsbG8=
                -----END RSA PRIVATE KEY-----
                """;
        String ofPkcs8 =
                """
                -----BEGIN ENCRYPTED PRIVATE KEY-----
                aGVsbG8=
                -----END ENCRYPTED PRIVATE KEY-----
                """;
        for (String content : List.of(ofOld, ofPkcs8)) {
            assertEquals(
                    "The private key in key.pem is encrypted, and nobody is there to type its password;"
                            + " store it without one, readable by this process alone.",
                    refusal(content));
        }
    }

    @Test
    void aKeyWhoseLengthsLeadNowhereIsDamaged() {
        // An ECPrivateKey: a version, a number and parameters, of which one says too great a
        // length.
        byte[][] keys = {
            {0x30, 0x06, 2, 1, 1, 4, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {0x30, 0x08, 2, 1, 1, 4, 1, 1, (byte) 0xa0, (byte) 0x84, 0x3f, 0, 0, 0},
            {0x30, 0x08, 2, 1, 1, 4, 1, 1, (byte) 0xa0, 0x10, 6, 1, 1},
            {0x30},
        };
        for (byte[] key : keys) {
            assertEquals(
                    "The private key in key.pem is damaged: it ends too early.",
                    refusal(
                            "-----BEGIN EC PRIVATE KEY-----\n"
                                    + Base64.getEncoder().encodeToString(key)
                                    + "\n-----END EC PRIVATE KEY-----\n"));
        }
    }

    private static String refusal(String content) {
        return assertThrows(
                        TlsFileException.class, () -> PemFile.parse(Path.of("key.pem"), content))
                .getMessage();
    }

    /** Such as one with an umlaut where the locale of the process is C. */
    @Test
    void aNameThatNoFileCanHaveIsAProblemOfTheFileLikeAnyOther() {
        String name = "/tmp/a\0b.pem";
        BindAddress bind = new BindAddress("127.0.0.1", 443);
        BackendConfig app =
                BackendConfig.builder("app")
                        .server(
                                ServerConfig.builder("s1", "127.0.0.1", 443)
                                        .tls(ServerTlsConfig.verifiedBy(name))
                                        .build())
                        .build();
        FrontendConfig web =
                FrontendConfig.builder("web")
                        .bind(bind)
                        .tls(bind, BindTlsConfig.of(name))
                        .defaultBackend("app")
                        .build();
        List<FileProblem> problems =
                TcpProxy.fileProblems(new ProxyConfig(List.of(web), List.of(app)));
        assertEquals(2, problems.size());
        for (FileProblem problem : problems) {
            assertTrue(
                    problem.message()
                            .endsWith(
                                    "The name of the file "
                                            + name
                                            + " is none on this host: Nul character not allowed."),
                    problem.message());
        }
    }

    @Test
    void aDirectoryIsNoFile() {
        TlsFileException refused =
                assertThrows(TlsFileException.class, () -> PemFile.read(Path.of("/tmp")));
        assertEquals("The file /tmp cannot be read: Is a directory.", refused.getMessage());
    }
}
