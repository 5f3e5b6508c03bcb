package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacAuthentication.Mode;
import io.evenkeel.vrrp.HmacAuthentication.ReplayCheck;
import io.evenkeel.vrrp.HmacKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code auth_hmac} block of an instance. */
final class HmacReader extends BlockReader {
    private final Place place;
    private final ReaderOptions options;
    private final List<HmacKey> keys = new ArrayList<>();
    private @Nullable Integer activeKey;
    private Mode mode = Mode.ENFORCE;
    private ReplayCheck replayCheck = ReplayCheck.TIME;
    private int windowSeconds;
    private boolean refused;

    HmacReader(Statement block, ReaderOptions options, Findings findings) {
        super(Vocabularies.AUTH_HMAC, findings);
        this.place = block.place();
        this.options = options;
        walk(block.block());
        if (placeOf("key") == null) {
            findings.error(
                    place,
                    "'auth_hmac' has no key; write 'key 1 hex:' and 64 hexadecimal digits in it");
        }
        if (keys.size() > 1 && placeOf("active_key") == null) {
            refused = true;
            findings.error(
                    place,
                    "'auth_hmac' has "
                            + keys.size()
                            + " keys; write 'active_key' and the number of one");
        }
        if (replayCheck == ReplayCheck.MONOTONIC && windowSeconds > 0) {
            findings.warning(
                    place, "'time_window' has no effect together with 'anti_replay monotonic'");
        }
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "key" -> refused |= !readKey(statement);
            case "active_key" -> {
                activeKey = whole(statement, 1, 255);
                refused |= activeKey == null;
            }
            case "time_window" -> {
                Integer window = whole(statement, 1, 300);
                windowSeconds = window == null ? 0 : window;
            }
            case "anti_replay" -> {
                switch (statement.argument(0)) {
                    case "time" -> replayCheck = ReplayCheck.TIME;
                    case "monotonic" -> replayCheck = ReplayCheck.MONOTONIC;
                    default -> not(statement, "time or monotonic");
                }
            }
            case "mode" -> {
                switch (statement.argument(0)) {
                    case "enforce" -> mode = Mode.ENFORCE;
                    case "permissive" -> mode = Mode.PERMISSIVE;
                    case "receive-only" -> mode = Mode.RECEIVE_ONLY;
                    default -> not(statement, "enforce, permissive or receive-only");
                }
            }
            default -> throw new IllegalStateException("no reader for " + statement.name());
        }
    }

    private void not(Statement statement, String words) {
        findings()
                .error(
                        statement.place(),
                        "'"
                                + statement.name()
                                + "' is '"
                                + statement.argument(0)
                                + "'; it must be "
                                + words);
    }

    private boolean readKey(Statement statement) {
        Integer id = whole(statement, 1, 255);
        if (statement.argumentCount() != 2) {
            error(
                    statement,
                    "'key' takes a number and a value; write 'key 1 hex:' and 64 hexadecimal digits");
            return false;
        }
        String value = statement.argument(1);
        if (value.startsWith("file:")) {
            value = fromFile(statement, value.substring("file:".length()));
        }
        byte[] secret = value == null ? null : secret(statement, value);
        if (id == null || secret == null) {
            return false;
        }
        try {
            keys.add(HmacKey.of(id, secret));
            return true;
        } catch (IllegalArgumentException e) {
            error(statement, Sentences.lower(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private @Nullable String fromFile(Statement statement, String path) {
        IncludeResolver resolver = options.includes();
        if (resolver == null) {
            error(
                    statement,
                    "the key cannot be read here from the file '" + path + "'; write it as 'hex:'");
            return null;
        }
        List<IncludedFile> files = resolver.resolve(path, statement.place().file());
        String problem = files.size() == 1 ? files.get(0).problem() : "there is no such file";
        if (problem != null) {
            error(statement, "the key file '" + path + "' cannot be read: " + problem);
            return null;
        }
        return new String(files.get(0).bytes(), StandardCharsets.ISO_8859_1).strip();
    }

    private byte @Nullable [] secret(Statement statement, String value) {
        if (!value.startsWith("hex:")) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(value.substring("hex:".length()));
        } catch (IllegalArgumentException e) {
            error(
                    statement,
                    "the key is not hexadecimal; write two digits of 0-9 and a-f for each byte");
            return null;
        }
    }

    private void error(Statement statement, String message) {
        findings().error(statement.place(), message);
    }

    Place place() {
        return place;
    }

    /** Returns the authentication, or reports why there is none and returns null. */
    @Nullable HmacAuthentication authentication() {
        if (refused || keys.isEmpty()) {
            return null;
        }
        try {
            Integer active = activeKey;
            return new HmacAuthentication(
                    keys,
                    active == null ? keys.get(0).id() : active,
                    mode,
                    replayCheck,
                    windowSeconds);
        } catch (IllegalArgumentException e) {
            findings().error(place, Sentences.lower(String.valueOf(e.getMessage())));
            return null;
        }
    }
}
