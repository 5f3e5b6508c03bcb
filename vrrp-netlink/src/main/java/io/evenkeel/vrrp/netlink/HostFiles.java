package io.evenkeel.vrrp.netlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files in which the kernel and the programs of this host say how it is set up; read-only. */
interface HostFiles {
    /**
     * The content of a file without the blanks around it, or null if it is not there or not for this process.
     *
     * @param path absolute
     */
    @Nullable String read(String path);

    /** The target of a symbolic link, or null if there is none or it is not for this process. */
    @Nullable String link(String path);

    /** The names in a directory; none if it is not there. */
    List<String> list(String path);

    /** A whole number in a file, or the other value where there is none. */
    default long number(String path, long otherwise) {
        String text = read(path);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Those of this host. */
    static HostFiles ofThisHost() {
        return new HostFiles() {
            @Override
            public @Nullable String read(String path) {
                try {
                    byte[] bytes = Files.readAllBytes(Path.of(path));
                    return new String(bytes, StandardCharsets.UTF_8).strip();
                } catch (IOException e) {
                    return null;
                }
            }

            @Override
            public @Nullable String link(String path) {
                try {
                    return Files.readSymbolicLink(Path.of(path)).toString();
                } catch (IOException e) {
                    return null;
                }
            }

            @Override
            public List<String> list(String path) {
                List<String> names = new ArrayList<>();
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(path))) {
                    for (Path entry : entries) {
                        names.add(String.valueOf(entry.getFileName()));
                    }
                } catch (IOException e) {
                    return List.of();
                }
                return names;
            }
        };
    }
}
