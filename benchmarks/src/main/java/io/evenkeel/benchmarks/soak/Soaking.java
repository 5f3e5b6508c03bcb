package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One soak, from the start of everything to the process at rest. Used by one thread, but for {@link #interrupt}. */
final class Soaking implements AutoCloseable {
    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();
    private static final long SAMPLE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int SAMPLES_PER_COLLECTION = 3;

    /** A check of each server in each backend. */
    private static final int MOST_CHECKS = Layout.SERVERS * 7 + Layout.SECURED_SERVERS;

    private static final Duration JUDGING_LIMIT = Duration.ofSeconds(40);
    private static final Duration IMPATIENT_LIMIT = Duration.ofSeconds(4);
    private static final Duration EMPTY_LIMIT = Duration.ofSeconds(60);

    private final Settings settings;
    private final PrintStream out;
    private final Tally tally;
    private final Place place;
    private final Certificates certificates;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Book book = new Book();
    private final List<EchoServer> servers = new ArrayList<>();
    private final List<DatagramServer> datagramServers = new ArrayList<>();
    private final NameServer names;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Proxy proxy;
    private final Probe probe;
    private final Judge judge;
    private final Load load;
    private final Flaps flaps;
    private final Reloads reloads;
    private Map<Quantity, Double> before = Map.of();
    private Map<Quantity, Double> after = Map.of();
    private long startNanos = System.nanoTime();
    private volatile boolean interrupted;

    Soaking(Settings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.out = out;
        tally = new Tally(settings.seed(), out);
        // One for each, since their turns depend on the time.
        Random random = new Random(settings.seed());
        Random visits = new Random(random.nextLong());
        Random flapping = new Random(random.nextLong());
        Random reloading = new Random(random.nextLong());
        Random naming = new Random(random.nextLong());
        place = Place.ofThisProcess(settings.output());
        certificates = new Certificates(place);
        for (int number = 1; number <= Layout.SERVERS + Layout.SECURED_SERVERS; number++) {
            boolean secured = number > Layout.SERVERS;
            servers.add(
                    new EchoServer(number, place, secured ? certificates : null, threads, book));
            if (!secured) {
                datagramServers.add(new DatagramServer(number, place, threads));
            }
        }
        names = new NameServer(place, naming, threads, this::mark);
        Layout first = Layout.first(random);
        proxy = Proxy.start(settings, HaproxyFile.of(first, place, ""));
        probe = attach(proxy);
        reloads = new Reloads(proxy, place, certificates, first, reloading, tally, this::mark);
        flaps = new Flaps(servers, flapping, this::mark);
        judge = new Judge(book, proxy, servers, reloads::since, names::since, tally);
        load = new Load(settings.perSecond(), visits, place, certificates, threads, judge);
    }

    private static Probe attach(Proxy proxy) throws IOException {
        try {
            return Probe.attach(proxy.pid());
        } catch (IOException | RuntimeException e) {
            proxy.close();
            throw e;
        }
    }

    private void mark(Mark.Kind kind) {
        marks.add(new Mark(seconds(), kind));
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Has {@link #run} return soon. From any thread. */
    void interrupt() {
        interrupted = true;
    }

    void run() throws IOException {
        Future<?> judged = threads.submit(judge);
        threads.execute(load);
        out.printf(
                "soak: process %d, seed %d, warming up for %d s%n",
                proxy.pid(), settings.seed(), settings.warmUp().toSeconds());
        goOn(settings.warmUp(), false);
        load.pause();
        awaitEmpty();
        if (!interrupted) {
            before = Rest.look(probe);
        }
        load.goOn();
        out.printf("soak: the load begins, for %.1f min%n", settings.time().toMillis() / 60_000.0);
        startNanos = System.nanoTime();
        goOn(settings.time(), true);
        if (!interrupted) {
            comeToRest();
        }
        load.stop();
        judge.close();
        await(judged);
    }

    private void await(Future<?> judged) throws IOException {
        try {
            long limit = (interrupted ? IMPATIENT_LIMIT : JUDGING_LIMIT).toSeconds();
            judged.get(limit, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            if (!interrupted) {
                tally.fail("not all connections could be judged");
            }
        } catch (ExecutionException e) {
            throw new IOException("The connections could not be judged: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn(Duration time, boolean sampled) throws IOException {
        long began = System.nanoTime();
        long nextSample = began;
        boolean halfway = false;
        while (!interrupted && System.nanoTime() - began < time.toNanos()) {
            requireAlive();
            if (sampled) {
                flaps.advance();
                reloads.advance();
                names.advance();
                if (System.nanoTime() - nextSample >= 0) {
                    sample();
                    nextSample += SAMPLE_NANOS;
                }
                if (!halfway && System.nanoTime() - began >= time.toNanos() / 2) {
                    halfway = true;
                    histogram("halfway");
                }
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void requireAlive() throws IOException {
        if (!proxy.isAlive() && !interrupted) {
            throw new IOException("The process under test has ended; see proxy.log.");
        }
    }

    private void sample() throws IOException {
        boolean collect = samples.size() % SAMPLES_PER_COLLECTION == 0;
        Sample sample =
                probe.look(seconds(), collect, load.live(), proxy.sessions(), proxy.bytes());
        samples.add(sample);
        if (samples.size() % settings.samplesPerLine() == 1) {
            out.printf(
                    "soak: %5.0f s: %,d sessions, %d live, %.0f descriptors, %.0f threads, %.1f MiB resident, %d failures%n",
                    sample.seconds(),
                    (long) sample.done(),
                    (long) sample.live(),
                    sample.descriptors(),
                    sample.threads(),
                    sample.residentBytes() / (1 << 20),
                    tally.failed());
        }
    }

    private void histogram(String when) throws IOException {
        Files.writeString(
                settings.output().resolve("histogram-" + when + ".txt"), probe.histogram());
    }

    private void comeToRest() throws IOException {
        out.println("soak: the load ends; everything is to be given back");
        load.pause();
        flaps.end();
        reloads.end();
        names.end();
        awaitEmpty();
        after = Rest.lookUntilBack(probe, before);
        histogram("end");
        long open = servers.stream().mapToLong(EchoServer::openConnections).sum();
        if (open > MOST_CHECKS) {
            tally.fail(open + " connections to servers are open without any client");
        }
        int exit = proxy.stop();
        if (exit != 0) {
            tally.fail("SIGTERM was answered by exit code " + exit);
        }
    }

    private void awaitEmpty() {
        long deadline = System.nanoTime() + EMPTY_LIMIT.toNanos();
        while (load.live() > 0 && !interrupted) {
            if (System.nanoTime() - deadline >= 0) {
                tally.fail(load.live() + " clients do not come to an end");
                return;
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    Findings findings(String heading) {
        return new Findings(
                heading + ", seed " + settings.seed(),
                List.copyOf(samples),
                List.copyOf(marks),
                before,
                after,
                tally.ends(),
                tally.failures(),
                tally.failed());
    }

    /** How many sessions the proxy's log has ended with which two letters. */
    Map<String, Long> causes() {
        return proxy.causes();
    }

    long leftOut() {
        return load.leftOut();
    }

    @Override
    public void close() {
        tally.close();
        load.stop();
        judge.close();
        servers.forEach(EchoServer::close);
        datagramServers.forEach(DatagramServer::close);
        names.close();
        probe.close();
        proxy.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
