package io.evenkeel.examples;

import io.evenkeel.lb.haproxy.HaproxyConfig;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfigReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
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
    private static final long MAX_FILE_BYTES = 16L << 20;

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final @Nullable KeepalivedConfig keepalived;
    private final @Nullable HaproxyConfig haproxy;

    private ConfigFiles(@Nullable Path keepalivedFile, @Nullable Path haproxyFile) {
        this.keepalived = keepalivedFile == null ? null : readKeepalived(keepalivedFile);
        this.haproxy = haproxyFile == null ? null : readHaproxy(haproxyFile);
    }

    /** Reads both files, changing nothing; problems are collected, not thrown. */
    static ConfigFiles read(@Nullable Path keepalivedFile, @Nullable Path haproxyFile) {
        return new ConfigFiles(keepalivedFile, haproxyFile);
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

    private @Nullable KeepalivedConfig readKeepalived(Path file) {
        String text = readText(file);
        if (text == null) {
            return null;
        }
        try {
            KeepalivedConfig config = KeepalivedConfigReader.read(file.toString(), text);
            config.warnings().forEach(warning -> warnings.add(printable(warning.toString())));
            return config;
        } catch (io.evenkeel.vrrp.keepalived.ConfigException e) {
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
            HaproxyConfig config = HaproxyConfigReader.read(file.toString(), text, System::getenv);
            config.warnings().forEach(warning -> warnings.add(printable(warning.toString())));
            return config;
        } catch (io.evenkeel.lb.haproxy.ConfigException e) {
            e.problems().forEach(problem -> problems.add(printable(problem.toString())));
            return null;
        }
    }

    private @Nullable String readText(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return unreadable(file, "is a directory; name the configuration file in it");
            }
            if (Files.isRegularFile(file) && Files.size(file) > MAX_FILE_BYTES) {
                return unreadable(
                        file,
                        "is " + Files.size(file) + " bytes long, which is no configuration file");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return unreadable(file, "does not exist; check the path");
        } catch (AccessDeniedException e) {
            return unreadable(file, "may not be read by this user; check its permissions");
        } catch (IOException e) {
            return unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private @Nullable String unreadable(Path file, String why) {
        problems.add(file + ":1: the file " + why);
        return null;
    }

    /** What a file holds must not reach the terminal as control sequences. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\x%02x", (int) c));
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }
}
