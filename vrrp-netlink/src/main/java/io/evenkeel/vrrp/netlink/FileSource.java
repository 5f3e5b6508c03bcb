package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.TrackedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the number in a tracked file and reports it when it changes. A file that is not there says 0; one that holds something else
 * than a number says what it said before.
 */
final class FileSource implements PolledSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    /** More than any number has. */
    private static final int MAX_BYTES = 4096;

    private final TrackedFile tracked;
    private final Path path;
    private final Report report;
    private @Nullable Integer last;
    private String lastComplaint = "";

    /** Takes the number whenever it changes. */
    interface Report {
        void changed(String tracker, int value);
    }

    FileSource(TrackedFile tracked, Report report) {
        this.tracked = tracked;
        this.report = report;
        path = Path.of(tracked.file());
    }

    /** Writes the initial value where one is wanted. */
    @Override
    public void prepare() {
        Integer initial = tracked.initialValue();
        if (initial == null || Files.exists(path) && !tracked.overwritten()) {
            return;
        }
        try {
            Files.writeString(path, initial + "\n");
        } catch (IOException e) {
            complain("cannot be written: " + e);
        }
    }

    @Override
    public void poll(long nowNanos) {
        Integer value = read();
        if (value != null && !value.equals(last)) {
            last = value;
            report.changed(tracked.trackerName(), value);
        }
    }

    private @Nullable Integer read() {
        try {
            if (Files.size(path) > MAX_BYTES) {
                complain("is too long for a number");
                return null;
            }
            String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).strip();
            int value = text.isEmpty() ? 0 : Integer.parseInt(text);
            lastComplaint = "";
            return value;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            complain("cannot be read: " + e);
        } catch (NumberFormatException e) {
            complain("holds no whole number; what it said before counts");
        }
        return null;
    }

    private void complain(String what) {
        if (!what.equals(lastComplaint)) {
            lastComplaint = what;
            LOG.warn("The tracked file {} ({}) {}.", tracked.name(), path, what);
        }
    }
}
