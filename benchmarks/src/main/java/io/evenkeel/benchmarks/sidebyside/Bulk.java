package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A gibibyte on one connection: down with curl, or up to a sink. */
enum Bulk implements Measurement {
    DOWN(Row.BULK_DOWN, Row.CPU_DOWN) {
        @Override
        double seconds(Frontends frontends) {
            String[] result =
                    Command.output(
                                    List.of(
                                            "curl",
                                            "--silent",
                                            "--output",
                                            "/dev/null",
                                            "--write-out",
                                            "%{http_code} %{size_download} %{time_total}",
                                            frontends.url(Arena.BULK_PATH)),
                                    LIMIT_SECONDS)
                            .strip()
                            .split(" ");
            if (!result[0].equals("200") || Long.parseLong(result[1]) != Arena.BULK_BYTES) {
                throw new SideBySideException(
                        "curl got %s bytes with status %s.".formatted(result[1], result[0]));
            }
            return Double.parseDouble(result[2]);
        }
    },
    UP(Row.BULK_UP, Row.CPU_UP) {
        @Override
        double seconds(Frontends frontends) throws IOException {
            return Upload.send(frontends.upload(), Arena.BULK_BYTES);
        }
    };

    private static final int LIMIT_SECONDS = 120;
    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;

    private final Row rate;
    private final Row cpu;

    Bulk(Row rate, Row cpu) {
        this.rate = rate;
        this.cpu = cpu;
    }

    @Override
    public String key() {
        return rate.key();
    }

    /** How long it takes. */
    abstract double seconds(Frontends frontends) throws IOException;

    @Override
    public Map<Row, Double> measure(Proxy proxy) throws IOException {
        double before = proxy.cpuSeconds();
        double seconds = seconds(proxy.frontends());
        double used = proxy.cpuSeconds() - before;
        if (used <= 0) {
            throw new SideBySideException(proxy.name() + " did nothing for these bytes.");
        }
        return Map.of(
                rate,
                Arena.BULK_BYTES / MEBIBYTE / seconds,
                cpu,
                used * GIBIBYTE / Arena.BULK_BYTES);
    }
}
