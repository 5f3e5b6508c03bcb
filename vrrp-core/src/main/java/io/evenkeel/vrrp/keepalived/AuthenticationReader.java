package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.Authentication;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the {@code authentication} block of an instance. */
final class AuthenticationReader extends BlockReader {
    private static final int MAX_BYTES = 8;

    private final Place place;
    private @Nullable String password;

    AuthenticationReader(Statement authentication, Findings findings) {
        super(Vocabularies.AUTHENTICATION, findings);
        this.place = authentication.place();
        walk(authentication.block());
        if (placeOf("auth_type") == null) {
            findings.error(place, "the authentication has no type; write 'auth_type PASS' in it");
        }
        if (placeOf("auth_pass") == null) {
            findings.error(
                    place,
                    "the authentication has no password; write 'auth_pass' and 1 to 8 characters in it");
        }
    }

    @Override
    void read(Statement statement) {
        if (statement.name().equals("auth_pass")) {
            readPassword(statement);
        } else {
            readType(statement);
        }
    }

    private void readType(Statement statement) {
        String type = statement.argument(0);
        if (type.equals("AH")) {
            findings()
                    .error(
                            statement.place(),
                            "'auth_type AH' is a keepalived setting that Evenkeel does not support: RFC 3768 removed"
                                    + " it; use PASS, or remove the block on every router");
        } else if (!type.equals("PASS")) {
            findings().error(statement.place(), "'auth_type' is '" + type + "'; it must be PASS");
        }
    }

    private void readPassword(Statement statement) {
        String text = statement.argument(0);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (text.startsWith("'") && text.endsWith("'") && text.length() > 1) {
            findings()
                    .warning(
                            statement.place(),
                            "both ' are characters of the password, as with keepalived; to quote it, write \"");
        }
        if (bytes.length == 0) {
            findings().error(statement.place(), "the password is empty; write 1 to 8 characters");
        } else if (bytes.length <= MAX_BYTES) {
            password = text;
        } else if (bytes.length != text.length()) {
            findings()
                    .error(
                            statement.place(),
                            "the password has "
                                    + bytes.length
                                    + " bytes in UTF-8; an advertisement carries 8 of them");
        } else {
            password = text.substring(0, MAX_BYTES);
            findings()
                    .warning(
                            statement.place(),
                            "the password has more than 8 characters; the first 8 count, as with keepalived");
        }
    }

    Place place() {
        return place;
    }

    /** Returns the authentication; none when the block was refused. */
    Authentication authentication() {
        return password == null ? Authentication.NONE : Authentication.password(password);
    }
}
