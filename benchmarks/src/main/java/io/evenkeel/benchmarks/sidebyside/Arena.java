package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The backends, and the contestants before them. Closing ends them all. */
final class Arena implements AutoCloseable {
    static final long BULK_BYTES = 1L << 30;
    static final String BULK_PATH = "/bulk";
    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final Duration BACKEND_LIMIT = Duration.ofSeconds(10);

    /** A launcher may have to build its jar first, or somebody else's is being built. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Place place;
    private final Path directory;
    private final Children children;
    private final List<Contestant> contestants;
    private final List<Proxy> proxies = new ArrayList<>();
    private final Sink sink;

    private Arena(Place place, Scratch scratch, List<Contestant> contestants) throws IOException {
        this.place = place;
        this.directory = scratch.directory();
        this.children = new Children(END_LIMIT, scratch::close);
        this.contestants = contestants;
        this.sink = Sink.open(place.sink());
    }

    /**
     * Starts everything.
     *
     * @param scratch for configurations and logs; is closed at the end
     */
    static Arena open(Place place, Scratch scratch, List<Contestant> contestants)
            throws IOException {
        Arena arena = new Arena(place, scratch, contestants);
        try {
            arena.startBackends();
            for (Contestant contestant : contestants) {
                arena.proxies.add(
                        arena.start(
                                contestant,
                                place.frontends(contestants.indexOf(contestant)),
                                contestant.name()));
            }
            return arena;
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private void startBackends() throws IOException {
        // The workers of an nginx that root starts are somebody else.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path documents = Files.createDirectories(directory.resolve("www"));
        try (RandomAccessFile bulk =
                new RandomAccessFile(documents.resolve(BULK_PATH.substring(1)).toFile(), "rw")) {
            bulk.setLength(BULK_BYTES);
        }
        for (int number = 0; number < place.backends().size(); number++) {
            String name = "backend-" + number;
            Path own = Files.createDirectories(directory.resolve(name));
            Path file = directory.resolve(name + ".conf");
            Files.writeString(file, Configuration.backend(place, number, own));
            Child nginx =
                    children.start(
                            name,
                            List.of("nginx", "-c", file.toString()),
                            directory.resolve(name + ".log"));
            HttpRequest.await(place.backends().get(number), nginx, BACKEND_LIMIT);
        }
    }

    /** Starts a contestant once more, at addresses of its own. The caller closes it. */
    Proxy startAlone(Contestant contestant) throws IOException {
        return start(
                contestant,
                place.frontendsAlone(contestants.indexOf(contestant)),
                contestant.name() + "-alone");
    }

    private Proxy start(Contestant contestant, Frontends frontends, String name)
            throws IOException {
        Path file = directory.resolve(name + ".cfg");
        Path own = Files.createDirectories(directory.resolve(name));
        Files.writeString(file, contestant.configuration().text(place, frontends, own));
        long start = System.nanoTime();
        Child child =
                children.start(name, contestant.shell(file), directory.resolve(name + ".log"));
        HttpRequest.await(frontends.web(), child, START_LIMIT);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!Listeners.areOf(child.pids(), frontends.web())) {
            child.close();
            throw new SideBySideException(
                    "What listens on %s is not %s.".formatted(Place.text(frontends.web()), name));
        }
        return new Proxy(contestant, frontends, child, seconds);
    }

    Place place() {
        return place;
    }

    /** In the order in which they were named. */
    List<Proxy> proxies() {
        return proxies;
    }

    @Override
    public void close() {
        children.close();
        sink.close();
    }
}
