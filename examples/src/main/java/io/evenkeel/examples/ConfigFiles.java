package io.evenkeel.examples;

import io.evenkeel.lb.InvalidConfigException;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import io.evenkeel.lb.netty.FileProblem;
import io.evenkeel.lb.netty.TcpProxy;
import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfigReader;
import io.evenkeel.vrrp.keepalived.ReaderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a command works with: what the two files say, and every problem found in them. Either file
 * may be left out.
 */
final class ConfigFiles {
    /** Above this a file is not a configuration but a mistake. */
    static final int MAX_FILE_BYTES = 16 << 20;

    private static final int MAX_SENTENCE_CHARS = 2000;

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final @Nullable KeepalivedConfig keepalived;
    private final @Nullable HaproxyConfig haproxy;

    private ConfigFiles(
            @Nullable Path keepalivedFile,
            @Nullable Path haproxyFile,
            String configId,
            @Nullable RedisConfig store) {
        this.keepalived = keepalivedFile == null ? null : readKeepalived(keepalivedFile, configId);
        HaproxyConfig read = haproxyFile == null ? null : readHaproxy(haproxyFile);
        this.haproxy =
                haproxyFile == null || read == null || store == null
                        ? read
                        : through(store, haproxyFile, read);
        if (keepalived != null && haproxy != null) {
            UnacceptedBinds.of(keepalived.routers(), haproxy.proxy())
                    .forEach(sentence -> warnings.add(printable(haproxyFile + ": " + sentence)));
        }
    }

    /**
     * Reads both files, changing nothing; problems are collected, not thrown.
     *
     * @param configId the node for which {@code @} lines of keepalived.conf count
     */
    static ConfigFiles read(
            @Nullable Path keepalivedFile, @Nullable Path haproxyFile, String configId) {
        return read(keepalivedFile, haproxyFile, configId, null);
    }

    /**
     * The same, where the peers of the haproxy.cfg exchange their stick tables through a store.
     *
     * @param store null: they connect to each other
     */
    static ConfigFiles read(
            @Nullable Path keepalivedFile,
            @Nullable Path haproxyFile,
            String configId,
            @Nullable RedisConfig store) {
        return new ConfigFiles(keepalivedFile, haproxyFile, configId, store);
    }

    /** One line per problem, {@code FILE:LINE: what is wrong and what would be right}; empty if there is none. */
    List<String> problems() {
        return problems;
    }

    /** One line per thing that is accepted but not carried out as the original would. */
    List<String> warnings() {
        return warnings;
    }

    @Nullable KeepalivedConfig keepalived() {
        return keepalived;
    }

    @Nullable HaproxyConfig haproxy() {
        return haproxy;
    }

    private @Nullable KeepalivedConfig readKeepalived(Path file, String configId) {
        byte[] bytes = readBytes(file);
        if (bytes == null) {
            return null;
        }
        ReaderOptions options =
                ReaderOptions.NONE
                        .withConfigId(configId)
                        .withEnvironment(System::getenv)
                        .withIncludes(new IncludedFiles());
        try {
            KeepalivedConfig config = KeepalivedConfigReader.read(file.toString(), bytes, options);
            config.warnings().forEach(warning -> warnings.add(printable(warning.toString())));
            return config;
        } catch (io.evenkeel.vrrp.keepalived.ConfigException e) {
            e.warnings().forEach(warning -> warnings.add(printable(warning.toString())));
            e.problems().forEach(problem -> problems.add(printable(problem.toString())));
            return null;
        }
    }

    private @Nullable HaproxyConfig readHaproxy(Path file) {
        String text = readText(file);
        if (text == null) {
            return null;
        }
        try {
            HaproxyConfig config =
                    HaproxyConfigReader.read(
                            file.toString(),
                            text,
                            System::getenv,
                            ConfigFiles::readPatterns,
                            hostName());
            config.warnings().forEach(warning -> warnings.add(printable(warning.toString())));
            TcpProxy.fileProblems(config.proxy())
                    .forEach(problem -> problems.add(printable(at(file, config, problem))));
            return config;
        } catch (io.evenkeel.lb.haproxy.ConfigException e) {
            e.problems().forEach(problem -> problems.add(printable(problem.toString())));
            return null;
        }
    }

    private static String at(Path file, HaproxyConfig config, FileProblem problem) {
        Integer line =
                problem.server() == null
                        ? config.bindLines().get(problem.bind())
                        : config.serverLines().get(problem.server());
        return file + ":" + (line == null ? 1 : line) + ": " + problem.message();
    }

    /** Those peers sections that have an effect; a node that is in one listens for the others. */
    private @Nullable HaproxyConfig through(RedisConfig store, Path file, HaproxyConfig read) {
        ProxyConfig proxy = read.proxy();
        if (proxy.peers().stream().allMatch(peers -> peers.binds().isEmpty())) {
            problems.add(
                    file
                            + ":1: the file has no peers section with this node, so --stick-store would have no"
                            + " effect; write one, and 'peers NAME' after the stick-table lines");
            return null;
        }
        try {
            return read.withProxy(
                    proxy.toBuilder()
                            .peers(
                                    proxy.peers().stream()
                                            .map(
                                                    peers ->
                                                            peers.binds().isEmpty()
                                                                    ? peers
                                                                    : peers.through(store))
                                            .toList())
                            .build());
        } catch (InvalidConfigException e) {
            e.problems().forEach(problem -> problems.add(file + ":1: --stick-store: " + problem));
            return null;
        }
    }

    /** A file of patterns, by the path from where the program was started, as HAProxy has it; null if it cannot be read. */
    private static @Nullable String readPatterns(String file) {
        try {
            return new String(bytes(Path.of(file)), StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** What this node is called among its peers, unless the file says; null if the system does not know. */
    private static @Nullable String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable String readText(Path file) {
        byte[] bytes = readBytes(file);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private byte @Nullable [] readBytes(Path file) {
        try {
            return bytes(file);
        } catch (NoSuchFileException e) {
            unreadable(file, "does not exist; check the path");
        } catch (AccessDeniedException e) {
            unreadable(file, "may not be read by this user; check its permissions");
        } catch (NoConfigurationException e) {
            unreadable(file, e.getMessage());
        } catch (IOException e) {
            unreadable(file, "cannot be read: " + e.getMessage());
        }
        return null;
    }

    /**
     * The bytes of a configuration file.
     *
     * @throws NoConfigurationException if it is none, such as a directory or a device without an end
     */
    static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NoConfigurationException("is a directory; name the configuration file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new NoConfigurationException(
                        "is longer than "
                                + MAX_FILE_BYTES
                                + " bytes, which is no configuration file");
            }
            return bytes;
        }
    }

    private void unreadable(Path file, String why) {
        problems.add(printable(file + ":1: the file " + why));
    }

    /** What a file holds must not reach the terminal as control sequences, nor fill it with one line. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i == MAX_SENTENCE_CHARS) {
                return printable.append("...").toString();
            }
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\x%02x", (int) c));
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }

    /** The message says what a file is, in the words after "the file". */
    static final class NoConfigurationException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String what;

        NoConfigurationException(String what) {
            super(what);
            this.what = what;
        }

        @Override
        public String getMessage() {
            return what;
        }
    }
}
