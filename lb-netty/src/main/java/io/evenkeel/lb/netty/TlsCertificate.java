package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, as it is in a file.
 *
 * @param chain the certificate, then those that lead to its authority
 */
record TlsCertificate(Path file, List<X509Certificate> chain, PrivateKey key) {
    private static final List<String> COMPANIONS = List.of(".key", ".issuer", ".ocsp", ".sctl");

    X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * The certificates of a file, or of the files of a directory in the order of their names, as HAProxy takes them: neither hidden
     * ones nor those that belong to another.
     *
     * @throws TlsFileException with everything that is wrong
     */
    static List<TlsCertificate> readAll(Path path) throws TlsFileException {
        if (!Files.isDirectory(path)) {
            return List.of(read(path));
        }
        List<TlsCertificate> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files(path)) {
            try {
                found.add(read(file));
            } catch (TlsFileException e) {
                problems.addAll(e.problems());
            }
        }
        if (found.isEmpty() && problems.isEmpty()) {
            problems.add("There is no certificate in the directory " + path + ".");
        }
        if (!problems.isEmpty()) {
            throw new TlsFileException(problems);
        }
        return found;
    }

    private static List<Path> files(Path directory) throws TlsFileException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(TlsCertificate::isCertificate).sorted().toList();
        } catch (IOException e) {
            throw new TlsFileException(
                    "The directory " + directory + " cannot be read: " + e + ".");
        }
    }

    private static boolean isCertificate(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".")
                && COMPANIONS.stream().noneMatch(name::endsWith)
                && Files.isRegularFile(file);
    }

    /**
     * The certificate of one file.
     *
     * @throws TlsFileException naming the file and the reason
     */
    static TlsCertificate read(Path file) throws TlsFileException {
        PemFile pem = PemFile.read(file);
        if (pem.certificates().isEmpty()) {
            throw new TlsFileException("There is no certificate in " + file + ".");
        }
        PrivateKey key = pem.key();
        if (key == null) {
            Path beside = besides(file);
            if (beside == null) {
                throw new TlsFileException(
                        "There is no private key in "
                                + file
                                + ", and no file "
                                + file
                                + ".key; put the key into one of the two.");
            }
            key = PemFile.read(beside).key();
            if (key == null) {
                throw new TlsFileException("There is no private key in " + beside + ".");
            }
        }
        X509Certificate certificate = pem.certificates().get(0);
        try {
            if (!PrivateKeys.match(key, certificate.getPublicKey())) {
                throw new TlsFileException(
                        "The private key of "
                                + file
                                + " is not that of its first certificate, "
                                + certificate.getSubjectX500Principal()
                                + "; the certificate that the key belongs to comes first.");
            }
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(
                    "The private key of " + file + " cannot be used: " + e.getMessage() + ".");
        }
        return new TlsCertificate(file, pem.certificates(), key);
    }

    /** {@code web.pem.key} or {@code web.key} of {@code web.pem}; null if there is neither. */
    private static @Nullable Path besides(Path file) {
        Path added = Path.of(file + ".key");
        if (Files.exists(added)) {
            return added;
        }
        Path replaced = Path.of(file.toString().replaceFirst("\\.[^./]+$", "") + ".key");
        return Files.exists(replaced) ? replaced : null;
    }

    /**
     * The authorities of a file.
     *
     * @throws TlsFileException naming the file and the reason
     */
    static List<X509Certificate> authorities(Path file) throws TlsFileException {
        List<X509Certificate> found = PemFile.read(file).certificates();
        if (found.isEmpty()) {
            throw new TlsFileException(
                    "There is no certificate in " + file + ", so nothing would be trusted.");
        }
        return found;
    }
}
