package io.evenkeel.lb.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the name and the protocols in a TLS ClientHello. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClientHelloBenchmark {
    private static final int PIECE = 64;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int KEY_SHARE = 51;

    /** How long the key is that the client offers. */
    @Param public Kind kind = Kind.X25519;

    private byte[] hello = {};

    /** The keys. */
    public enum Kind {
        /** What clients have sent for years. */
        X25519(32),
        /** What browsers send now: with ML-KEM-768, too long for one segment of a LAN. */
        X25519_ML_KEM(1216);

        private final int keyBytes;

        Kind(int keyBytes) {
            this.keyBytes = keyBytes;
        }
    }

    /** The extensions stand in the order that is worst here: the name comes last. */
    @Setup
    public void build() {
        byte[] name = "host4711.customer471.example.com".getBytes(StandardCharsets.US_ASCII);
        byte[] protocols = "\2h2\10http/1.1".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer extensions = ByteBuffer.allocate(2048);
        for (int type : new int[] {10, 11, 13, 23, 35, 43, 45, 65_281}) {
            extension(extensions, type, 16).put(new byte[16]);
        }
        extension(extensions, KEY_SHARE, kind.keyBytes + 6)
                .putShort((short) (kind.keyBytes + 4))
                .putShort((short) 29)
                .putShort((short) kind.keyBytes)
                .put(new byte[kind.keyBytes]);
        extension(extensions, ALPN, 2 + protocols.length)
                .putShort((short) protocols.length)
                .put(protocols);
        extension(extensions, SERVER_NAME, 5 + name.length)
                .putShort((short) (3 + name.length))
                .put((byte) 0)
                .putShort((short) name.length)
                .put(name);
        hello = record(extensions.flip());
    }

    private static ByteBuffer extension(ByteBuffer into, int type, int length) {
        return into.putShort((short) type).putShort((short) length);
    }

    private static byte[] record(ByteBuffer extensions) {
        int ciphers = 32;
        int body = 2 + 32 + 1 + 32 + 2 + ciphers + 2 + 2 + extensions.remaining();
        return ByteBuffer.allocate(5 + 4 + body)
                .put((byte) 22)
                .putShort((short) 0x0301)
                .putShort((short) (4 + body))
                .putInt(1 << 24 | body)
                .putShort((short) 0x0303)
                .put(new byte[32])
                .put((byte) 32)
                .put(new byte[32])
                .putShort((short) ciphers)
                .put(new byte[ciphers])
                .putShort((short) 0x0100)
                .putShort((short) extensions.remaining())
                .put(extensions)
                .array();
    }

    /** It comes at once. */
    @Benchmark
    public @Nullable String whole() {
        ClientHelloParser parser = new ClientHelloParser();
        return nameOf(parser, parser.parse(hello, hello.length));
    }

    /** It comes in pieces of 64 bytes. */
    @Benchmark
    public @Nullable String inPieces() {
        ClientHelloParser parser = new ClientHelloParser();
        ClientHelloParser.Result result = ClientHelloParser.Result.MORE;
        for (int end = PIECE; result == ClientHelloParser.Result.MORE; end += PIECE) {
            result = parser.parse(hello, Math.min(end, hello.length));
        }
        return nameOf(parser, result);
    }

    private static @Nullable String nameOf(
            ClientHelloParser parser, ClientHelloParser.Result result) {
        if (result != ClientHelloParser.Result.HELLO || parser.protocols().size() != 2) {
            throw new IllegalStateException("The ClientHello is not seen to be one: " + result);
        }
        return parser.serverName();
    }
}
