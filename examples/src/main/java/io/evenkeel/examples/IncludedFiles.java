package io.evenkeel.examples;

import io.evenkeel.vrrp.keepalived.IncludeResolver;
import io.evenkeel.vrrp.keepalived.IncludedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds and reads the files that a {@code keepalived.conf} includes: {@code *}, {@code ?} and {@code [...]} as the shell
 * reads them, so that a name with a dot in front needs one in the pattern, in the order of their names.
 */
final class IncludedFiles implements IncludeResolver {

    @Override
    public List<IncludedFile> resolve(String pattern, String includingFile) {
        try {
            Path including = Path.of(includingFile);
            Path whole = including.resolveSibling(pattern).normalize();
            List<Path> found = List.of(whole.isAbsolute() ? whole.getRoot() : Path.of(""));
            for (Path part : whole) {
                found = matching(found, part.toString());
            }
            return found.stream()
                    .filter(path -> !Files.isDirectory(path))
                    .map(IncludedFiles::read)
                    .toList();
        } catch (InvalidPathException | PatternSyntaxException e) {
            return List.of(); // no file has such a name
        }
    }

    private static List<Path> matching(List<Path> directories, String part) {
        boolean wildcard = part.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
        List<Path> found = new ArrayList<>();
        for (Path directory : directories) {
            if (wildcard) {
                found.addAll(list(directory, part));
            } else if (Files.exists(directory.resolve(part))) {
                found.add(directory.resolve(part));
            }
        }
        return found;
    }

    private static List<Path> list(Path directory, String part) {
        String literal = part.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + literal);
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> matcher.matches(entry.getFileName()))
                    .filter(
                            entry ->
                                    part.startsWith(".")
                                            || !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // glob(3) passes over a directory that it cannot read
        }
    }

    private static IncludedFile read(Path file) {
        try {
            return IncludedFile.of(file.toString(), ConfigFiles.bytes(file));
        } catch (AccessDeniedException e) {
            return IncludedFile.unreadable(file.toString(), "it may not be read by this user");
        } catch (ConfigFiles.NoConfigurationException e) {
            return IncludedFile.unreadable(file.toString(), "it " + e.getMessage());
        } catch (IOException e) {
            return IncludedFile.unreadable(file.toString(), String.valueOf(e.getMessage()));
        }
    }
}
