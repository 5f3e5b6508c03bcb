package io.evenkeel.lb.haproxy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables as the file sees them: those of the process, with what {@code setenv},
 * {@code presetenv}, {@code unsetenv} and {@code resetenv} have changed above the line that is read.
 * The process itself keeps its own.
 */
final class Environment {
    private final Function<String, @Nullable String> given;
    private final Map<String, Optional<String>> changed = new HashMap<>();
    private @Nullable Set<String> kept;

    Environment(Function<String, @Nullable String> given) {
        this.given = given;
    }

    /** The value of a variable, or null if it is not set. */
    @Nullable String get(String name) {
        Optional<String> own = changed.get(name);
        if (own != null) {
            return own.orElse(null);
        }
        return kept == null || kept.contains(name) ? given.apply(name) : null;
    }

    void set(String name, String value) {
        changed.put(name, Optional.of(value));
    }

    void unset(String name) {
        changed.put(name, Optional.empty());
    }

    /** Unsets every variable but these. */
    void keepOnly(Set<String> names) {
        changed.keySet().removeIf(name -> !names.contains(name));
        Set<String> still = new HashSet<>(names);
        if (kept != null) {
            still.retainAll(kept);
        }
        kept = still;
    }
}
