package io.evenkeel.benchmarks.failover;

import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfigReader;
import io.evenkeel.vrrp.netlink.VrrpService;
import io.evenkeel.vrrp.netlink.VrrpServiceBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An application that embeds Evenkeel: runs the virtual routers of a keepalived.conf until SIGTERM, beside a load. */
@Command(name = "measured-node")
final class MeasuredNode implements Callable<Integer> {
    @Parameters(paramLabel = "KEEPALIVED_CONF")
    private Path file;

    @Option(names = "--live-mb")
    private int liveMegabytes;

    @Option(names = "--collect-every", paramLabel = "MILLIS")
    private int collectEveryMillis;

    @Option(names = "--pause-tolerance", paramLabel = "MILLIS")
    private @Nullable Integer pauseTolerance;

    public static void main(String[] args) {
        System.exit(new CommandLine(new MeasuredNode()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        KeepalivedConfig config =
                KeepalivedConfigReader.read(file.toString(), Files.readAllBytes(file));
        VrrpServiceBuilder builder =
                VrrpService.builder()
                        .routers(config.routers())
                        .listener(e -> System.out.println(Instant.now() + " " + e.sentence()));
        if (pauseTolerance != null) {
            builder.pauseTolerance(Duration.ofMillis(pauseTolerance));
        }
        VrrpService service = builder.build();
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    service.close();
                                    closed.countDown();
                                }));
        service.start();
        if (liveMegabytes > 0) {
            for (int i = 0; i < Load.THREADS; i++) {
                GarbageMaker.start(((long) liveMegabytes << 20) / Load.THREADS);
            }
        }
        while (collectEveryMillis > 0) {
            LockSupport.parkNanos(Duration.ofMillis(collectEveryMillis).toNanos());
            System.gc();
        }
        closed.await();
        return 0;
    }
}
