package io.evenkeel.vrrp.keepalived;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as keepalived writes them: decimal, with an optional sign, without exponent or unit. */
final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,9}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})");

    private static final Pattern UNSIGNED = Pattern.compile("[0-9]{1,18}|0[xX][0-9a-fA-F]{1,15}");

    private Numbers() {}

    /** Returns the whole number, or null when the word is none. */
    static @Nullable Long whole(String word) {
        return WHOLE.matcher(word).matches() ? Long.valueOf(word) : null;
    }

    /** Returns the number, decimal or hexadecimal with 0x, or null when the word is none. */
    static @Nullable Long unsigned(String word) {
        if (!UNSIGNED.matcher(word).matches()) {
            return null;
        }
        boolean hexadecimal = word.length() > 1 && Character.toLowerCase(word.charAt(1)) == 'x';
        return hexadecimal ? Long.valueOf(word.substring(2), 16) : Long.valueOf(word);
    }

    /** Returns the seconds exactly, or null when the word is no number or is finer than a nanosecond. */
    static @Nullable Duration seconds(String word) {
        if (!DECIMAL.matcher(word).matches()) {
            return null;
        }
        BigDecimal nanos = new BigDecimal(word).movePointRight(9).stripTrailingZeros();
        return nanos.scale() > 0 ? null : Duration.ofNanos(nanos.longValueExact());
    }
}
