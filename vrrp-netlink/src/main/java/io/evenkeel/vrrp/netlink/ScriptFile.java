package io.evenkeel.vrrp.netlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file of a program, and who can change it. */
final class ScriptFile {
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 020;
    private static final int OTHERS_WRITE = 02;

    private ScriptFile() {}

    /** The program as it would be found: by its path, or along {@code PATH}; null if there is none. */
    static @Nullable Path find(String program) {
        if (program.contains("/")) {
            return Path.of(program);
        }
        String path = System.getenv("PATH");
        for (String directory : (path == null ? "/usr/bin:/bin" : path).split(":")) {
            Path file = Path.of(directory, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    /**
     * Why others than root could have another program run in its place: because of the file or of a directory above it.
     *
     * @return the middle of a sentence, or null if they cannot
     */
    static @Nullable String problem(String program) {
        Path file = find(program);
        if (file == null) {
            return program + " is not found";
        }
        try {
            Path real = file.toRealPath();
            for (Path part = real; part != null; part = part.getParent()) {
                String problem = problem(part);
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        } catch (IOException e) {
            return "the rights of " + file + " cannot be read (" + e.getMessage() + ")";
        }
    }

    private static @Nullable String problem(Path part) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(part, "unix:uid,gid,mode");
        int mode = (Integer) attributes.get("mode");
        if ((Integer) attributes.get("uid") != 0) {
            return part + " does not belong to root";
        }
        // In a sticky directory nobody can put something else in the place of root's files.
        boolean sticky = Files.isDirectory(part) && (mode & STICKY) != 0;
        boolean group = (mode & GROUP_WRITES) != 0 && (Integer) attributes.get("gid") != 0;
        return !sticky && (group || (mode & OTHERS_WRITE) != 0)
                ? part + " can be written to by others than root"
                : null;
    }
}
