package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.TrackedFile;
import org.jspecify.annotations.Nullable;

/** Reads one {@code vrrp_track_file}. */
final class TrackFileReader extends BlockReader {
    private static final int MAX_WEIGHT = 254;

    private final String name;
    private final Place place;
    private final Weights weights = new Weights(1);
    private @Nullable String file;
    private @Nullable Integer initialValue;
    private boolean overwritten;
    private boolean refused;

    TrackFileReader(Statement block, Findings findings) {
        super(Vocabularies.TRACK_FILE, findings);
        this.name = block.nameArgument();
        this.place = block.place();
        walk(block.block());
        if (placeOf("file") == null) {
            findings.error(
                    place,
                    block.name()
                            + " '"
                            + name
                            + "' has no file; write 'file \"/path/to/file\"' in it");
        }
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "file" -> readFile(statement);
            case "weight" -> weights.read(statement, MAX_WEIGHT, this);
            case "init_file" -> readInitial(statement);
            default -> throw new IllegalStateException("no reader for " + statement.name());
        }
    }

    private void readFile(Statement statement) {
        if (statement.argument(0).isBlank()) {
            refused = true;
            findings().error(statement.place(), "the name of the file is empty; write its path");
        } else {
            file = statement.argument(0);
        }
    }

    private void readInitial(Statement statement) {
        initialValue = 0;
        for (String word : statement.arguments()) {
            Long value = Numbers.whole(word);
            if (word.equals("overwrite")) {
                overwritten = true;
            } else if (value != null && value == value.intValue()) {
                initialValue = value.intValue();
            } else {
                refused = true;
                findings()
                        .error(
                                statement.place(),
                                "'"
                                        + word
                                        + "' of 'init_file' must be a whole number of 32 bits, or 'overwrite'");
            }
        }
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    Weights weights() {
        return weights;
    }

    /** Returns the file, or null when something in it was refused. */
    @Nullable TrackedFile file() {
        Integer weight = weights.weight();
        if (refused || file == null || weight == null || name.isBlank()) {
            return null;
        }
        return new TrackedFile(name, file, weight, weights.inverted(), initialValue, overwritten);
    }
}
