package io.evenkeel.lb.netty;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Private keys as OpenSSL writes them: PKCS #8 (RFC 5958), and the older forms of RSA (RFC 8017) and of curves (RFC 5915). */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xa0;

    /** Of rsaEncryption, with the NULL that follows it. */
    private static final byte[] RSA = {
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    /** Of id-ecPublicKey; the curve follows. */
    private static final byte[] EC = {
        0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
    };

    private PrivateKeys() {}

    /**
     * The key of a PEM block.
     *
     * @param label such as {@code RSA PRIVATE KEY}
     */
    static PrivateKey of(String label, byte[] der) throws GeneralSecurityException {
        byte[] pkcs8 =
                switch (label) {
                    case "PRIVATE KEY" -> der;
                    case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
                    case "EC PRIVATE KEY" -> pkcs8(concat(EC, curve(der)), der);
                    default ->
                            throw new InvalidKeySpecException(
                                    "a " + label + " is none that TLS takes");
                };
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // One of another algorithm, or of none of them.
            }
        }
        throw new InvalidKeySpecException("it is no key of " + String.join(", ", ALGORITHMS));
    }

    /** Whether the two are a pair. */
    static boolean match(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "RSASSA-PSS" -> "";
                    default -> "EdDSA";
                };
        boolean sameKind =
                key.getAlgorithm().equals(certified.getAlgorithm())
                        || algorithm.equals("EdDSA") && certified.getAlgorithm().startsWith("Ed");
        if (!sameKind || algorithm.isEmpty()) {
            return sameKind;
        }
        byte[] text = "evenkeel".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(text);
        byte[] signature = signer.sign();
        signer.initVerify(certified);
        signer.update(text);
        return signer.verify(signature);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        byte[] version = {INTEGER, 1, 0};
        return element(
                SEQUENCE,
                concat(version, concat(element(SEQUENCE, algorithm), element(OCTET_STRING, key))));
    }

    /** The object identifier in the {@code parameters} of an ECPrivateKey. */
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        try {
            int at = content(der, 0);
            // The version and the number come first.
            at = end(der, end(der, at));
            if ((der[at] & 0xff) == PARAMETERS) {
                int begin = content(der, at);
                int end = end(der, at);
                // Or a damaged length would have a copy of it made.
                Objects.checkFromToIndex(begin, end, der.length);
                return Arrays.copyOfRange(der, begin, end);
            }
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new InvalidKeySpecException("it ends too early", e);
        }
        throw new InvalidKeySpecException("it does not say its curve");
    }

    /** Where the content of the element begins that begins there. */
    private static int content(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length - 0x80);
    }

    /** Where the next element begins. */
    private static int end(byte[] der, int at) {
        int start = content(der, at);
        int length = der[at + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < start; i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        return Math.addExact(start, length);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
