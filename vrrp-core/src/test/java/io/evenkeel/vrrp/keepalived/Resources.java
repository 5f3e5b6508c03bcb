package io.evenkeel.vrrp.keepalived;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files of the tests, as text. */
final class Resources {
    private static final String FOLDER = "src/test/resources/io/evenkeel/vrrp/keepalived/";

    private Resources() {}

    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no test resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the file is in the sources, to be written anew. */
    static Path source(String name) {
        return Path.of(FOLDER + name);
    }

    /** Whether golden files are to be written rather than compared: {@code -Devenkeel.golden=rewrite}. */
    static boolean isRewriting() {
        return "rewrite".equals(System.getProperty("evenkeel.golden"));
    }
}
