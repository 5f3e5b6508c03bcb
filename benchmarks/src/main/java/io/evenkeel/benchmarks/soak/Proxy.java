package io.evenkeel.benchmarks.soak;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The process under test: the launcher with a configuration file, and what it logs. Sessions are logged too, and are read here and not
 * kept; all else is written to a file. Thread safe.
 */
final class Proxy implements AutoCloseable {
    private static final int REMEMBERED = 20_000;
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** A heap of one size, all of it touched at the start, so that the resident memory shows what grows outside of it. */
    private static final String JAVA_OPTIONS =
            "-Xms96m -Xmx96m -XX:+AlwaysPreTouch -XX:MaxDirectMemorySize=128m"
                    + " -Devenkeel.log.sessions=debug";

    private final Path file;
    private final Process process;
    private final BufferedWriter log;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<String, Long> causes = new LinkedHashMap<>();
    private final Map<String, SessionLine> ended =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, SessionLine> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private Proxy(Path file, Process process, BufferedWriter log) {
        this.file = file;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it and waits until it runs.
     *
     * @param settings with the command, and the directory for the configuration and the log
     */
    static Proxy start(Settings settings, String configuration) throws IOException {
        Path directory = settings.output();
        Path file = directory.resolve("haproxy.cfg");
        write(file, configuration);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                settings.launcher().toString(),
                                "run",
                                "--haproxy",
                                file.toString()));
        command.addAll(settings.transport().words());
        ProcessBuilder builder = new ProcessBuilder(command);
        String own = builder.environment().getOrDefault("JAVA_OPTS", "");
        String options = "%s %s".formatted(JAVA_OPTIONS, own);
        builder.environment().put("JAVA_OPTS", options.strip());
        Process process = builder.redirectErrorStream(true).start();
        Proxy proxy =
                new Proxy(file, process, Files.newBufferedWriter(directory.resolve("proxy.log")));
        Thread reader = new Thread(proxy::read, "soak-log");
        reader.setDaemon(true);
        reader.start();
        String answer = proxy.awaitAnswer(START_LIMIT);
        if (answer == null || !answer.contains("running as process")) {
            proxy.close();
            throw new SoakException(
                    "The launcher does not run; see " + directory.resolve("proxy.log") + ".");
        }
        return proxy;
    }

    private static void write(Path file, String configuration) throws IOException {
        Path written = file.resolveSibling("haproxy.cfg.new");
        Files.writeString(written, configuration);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void read() {
        try (log;
                BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                SessionLine session = SessionLine.parse(line);
                if (session != null) {
                    count(session);
                } else {
                    log.write(line);
                    log.newLine();
                    log.flush();
                    if (line.contains(" SIGHUP") || line.contains(" running as process")) {
                        answers.add(line);
                    }
                }
            }
        } catch (IOException e) {
            answers.add("The log broke off: " + e.getMessage());
        }
    }

    private void count(SessionLine session) {
        sessions.incrementAndGet();
        bytes.addAndGet(session.bytes());
        synchronized (ended) {
            causes.merge(session.cause(), 1L, Long::sum);
            ended.put(session.frontend() + session.client(), session);
        }
    }

    private @Nullable String awaitAnswer(Duration limit) {
        try {
            return answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /**
     * Has it read another configuration.
     *
     * @return what it says of that, or null if it said nothing within {@code limit}
     */
    @Nullable String reload(String configuration, Duration limit) throws IOException {
        write(file, configuration);
        answers.clear();
        new ProcessBuilder("kill", "-HUP", Long.toString(pid())).inheritIO().start();
        return awaitAnswer(limit);
    }

    /** Puts a file there without saying so. */
    void place(String configuration) throws IOException {
        write(file, configuration);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sessions that have ended. */
    long sessions() {
        return sessions.get();
    }

    /** Bytes of the sessions that have ended, in both directions. */
    long bytes() {
        return bytes.get();
    }

    /** Takes the line of the session that this client had there, if it has ended. */
    @Nullable SessionLine takeEnded(Door door, String client) {
        synchronized (ended) {
            return ended.remove(door.frontend() + client);
        }
    }

    /** How many sessions ended with which two letters. */
    Map<String, Long> causes() {
        synchronized (ended) {
            return Map.copyOf(causes);
        }
    }

    /** Ends it, and says what it exited with; -1 if it had to be killed. */
    int stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
