package io.evenkeel.lb.netty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a PEM file (RFC 7468) holds of certificates and keys; anything else in it is passed over.
 *
 * @param certificates in the order of the file
 * @param key the first private key, or null if there is none
 */
record PemFile(List<X509Certificate> certificates, @Nullable PrivateKey key) {
    /** All authorities of a system are a quarter of one. */
    private static final int MOST_BYTES = 16 << 20;

    /** The lines before what is encoded are those of an encrypted key in OpenSSL's older form. */
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]+)-----((?:\\s*Proc-Type:.*\\s+DEK-Info:.*)?[^-]*)-----END \\1-----");

    /**
     * Reads a file.
     *
     * @throws TlsFileException naming the file and the reason
     */
    static PemFile read(Path file) throws TlsFileException {
        return parse(file, content(file));
    }

    private static String content(Path file) throws TlsFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new TlsFileException(
                        "The file "
                                + file
                                + " is longer than any file of certificates: it has more than 16 MiB.");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsFileException("There is no file " + file + ".");
        } catch (AccessDeniedException e) {
            throw new TlsFileException(
                    "The file " + file + " may not be read; give this process the right to.");
        } catch (IOException e) {
            throw new TlsFileException(
                    "The file " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /**
     * The path of a file that a configuration names.
     *
     * @throws TlsFileException if there can be no file of that name, such as of letters that the locale of the process does not have
     */
    static Path path(String name) throws TlsFileException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TlsFileException(
                    "The name of the file "
                            + name
                            + " is none on this host: "
                            + e.getReason()
                            + ".");
        }
    }

    static PemFile parse(Path file, String content) throws TlsFileException {
        List<X509Certificate> certificates = new ArrayList<>();
        PrivateKey key = null;
        Matcher blocks = BLOCK.matcher(content);
        while (blocks.find()) {
            String label = blocks.group(1);
            boolean certificate =
                    label.equals("CERTIFICATE") || label.equals("TRUSTED CERTIFICATE");
            if (!certificate && !(label.endsWith("PRIVATE KEY") && key == null)) {
                continue;
            }
            String body = blocks.group(2);
            if (label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
                throw new TlsFileException(
                        "The private key in "
                                + file
                                + " is encrypted, and nobody is there to type its password; store"
                                + " it without one, readable by this process alone.");
            }
            try {
                byte[] der = Base64.getMimeDecoder().decode(body);
                if (certificate) {
                    certificates.add(certificate(der));
                } else {
                    key = PrivateKeys.of(label, der);
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new TlsFileException(
                        "The "
                                + (certificate
                                        ? "certificate number " + (certificates.size() + 1)
                                        : "private key")
                                + " in "
                                + file
                                + " is damaged: "
                                + e.getMessage()
                                + ".");
            }
        }
        return new PemFile(List.copyOf(certificates), key);
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }
}
