package io.evenkeel.lb.netty;

import io.evenkeel.lb.ProxyHeader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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

/** Reading a header of the PROXY protocol and its addresses, and writing one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProxyHeaderBenchmark {
    /** What the header is like. */
    @Param public Kind kind = Kind.VERSION_1;

    private final ByteBuffer out = ByteBuffer.allocateDirect(ProxyHeaderWriter.LONGEST);
    private InetSocketAddress source = new InetSocketAddress(0);
    private InetSocketAddress destination = new InetSocketAddress(0);
    private byte[] authority = {};
    private byte[] header = {};

    /** The headers. */
    public enum Kind {
        /** A line of text. */
        VERSION_1(ProxyHeader.v1(), "192.0.2.1", "198.51.100.2"),
        /** A line of text with IPv6 addresses. */
        VERSION_1_IPV6(ProxyHeader.v1(), "2001:db8:1::1", "2001:db8:2::2"),
        /** Binary. */
        VERSION_2(ProxyHeader.v2(), "192.0.2.1", "198.51.100.2"),
        /** Binary with IPv6 addresses. */
        VERSION_2_IPV6(ProxyHeader.v2(), "2001:db8:1::1", "2001:db8:2::2"),
        /** Binary, with a CRC32C checksum and the name that the client has asked for. */
        VERSION_2_CHECKSUM_AND_NAME(
                ProxyHeader.v2(ProxyHeader.Option.CRC32C, ProxyHeader.Option.AUTHORITY),
                "192.0.2.1",
                "198.51.100.2");

        private final ProxyHeader header;
        private final String source;
        private final String destination;

        Kind(ProxyHeader header, String source, String destination) {
            this.header = header;
            this.source = source;
            this.destination = destination;
        }
    }

    /** What is read is what was written. */
    @Setup
    public void build() throws UnknownHostException {
        source = new InetSocketAddress(InetAddress.getByName(kind.source), 40_000);
        destination = new InetSocketAddress(InetAddress.getByName(kind.destination), 443);
        authority = "host4711.customer471.example.com".getBytes(StandardCharsets.US_ASCII);
        header = new byte[write()];
        out.flip().get(header);
    }

    /** A header is read that came at once, and its addresses are made. */
    @Benchmark
    public Object read() {
        ProxyHeaderParser parser = new ProxyHeaderParser();
        ProxyHeaderParser.Result result = parser.parse(header, header.length);
        if (result != ProxyHeaderParser.Result.HEADER || !parser.isAddressed()) {
            throw new IllegalStateException("The header is not seen to be one: " + result);
        }
        return parser.addresses(header);
    }

    /** A header is written; its length. */
    @Benchmark
    public int write() {
        ProxyHeaderWriter.writeProxied(
                kind.header, source, destination, authority, null, out.clear());
        return out.position();
    }
}
