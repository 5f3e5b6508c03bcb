package io.evenkeel.lb.netty;

import io.evenkeel.lb.HttpRequest;
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

/** Reading the head of an HTTP request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HttpRequestHeadBenchmark {
    private static final int PIECE = 64;

    /** Who sends it. */
    @Param public Kind kind = Kind.CURL;

    private byte[] head = {};

    /** The clients. */
    public enum Kind {
        /** Three fields. */
        CURL("User-Agent: curl/7.88.1\r\nAccept: */*\r\n"),
        /** Eleven fields. */
        BROWSER(
                "Connection: keep-alive\r\n"
                        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
                        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                        + "Accept-Language: en-GB,en;q=0.7,fr;q=0.3\r\n"
                        + "Accept-Encoding: gzip, deflate, br, zstd\r\n"
                        + "Referer: https://shop.example.com/\r\n"
                        + "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\n"
                        + "Sec-Fetch-Dest: document\r\n"
                        + "Sec-Fetch-Mode: navigate\r\n"
                        + "Sec-Fetch-Site: same-origin\r\n");

        private final String fields;

        Kind(String fields) {
            this.fields = fields;
        }
    }

    /** The bytes. */
    @Setup
    public void build() {
        String text =
                "GET /catalogue/item?id=4711 HTTP/1.1\r\nHost: shop.example.com\r\n"
                        + kind.fields
                        + "\r\n";
        head = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** It comes at once. */
    @Benchmark
    public HttpRequest whole() {
        HttpRequestHead reader = new HttpRequestHead();
        return requestOf(reader, reader.parse(head, head.length));
    }

    /** It comes in pieces of 64 bytes. */
    @Benchmark
    public HttpRequest inPieces() {
        HttpRequestHead reader = new HttpRequestHead();
        HttpRequestHead.Result result = HttpRequestHead.Result.MORE;
        for (int end = PIECE; result == HttpRequestHead.Result.MORE; end += PIECE) {
            result = reader.parse(head, Math.min(end, head.length));
        }
        return requestOf(reader, result);
    }

    private static HttpRequest requestOf(HttpRequestHead reader, HttpRequestHead.Result result) {
        HttpRequest request = reader.request();
        if (request == null) {
            throw new IllegalStateException("The head is not seen to be one: " + result);
        }
        return request;
    }
}
