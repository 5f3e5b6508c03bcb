package io.evenkeel.vrrp.keepalived;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words that may stand in one kind of block. */
final class Vocabulary {
    private final String block;
    private final Map<String, Directive> directives;

    private Vocabulary(String block, Map<String, Directive> directives) {
        this.block = block;
        this.directives = Collections.unmodifiableMap(directives);
    }

    static Builder of(String block) {
        return new Builder(block);
    }

    /** Returns where these words stand: the name of the block, or "the top level". */
    String block() {
        return block;
    }

    @Nullable Directive find(String name) {
        return directives.get(name);
    }

    Collection<Directive> directives() {
        return directives.values();
    }

    /** Returns the word that was probably meant, or null when none is close. */
    @Nullable String nearest(String word) {
        return Nearest.of(word, directives.keySet());
    }

    static final class Builder {
        private final String block;
        private final Map<String, Directive> directives = new LinkedHashMap<>();

        private Builder(String block) {
            this.block = block;
        }

        Builder flag(String name, String note) {
            return add(name, Directive.Support.SUPPORTED, Directive.Form.FLAG, note);
        }

        Builder value(String name, String note) {
            return add(name, Directive.Support.SUPPORTED, Directive.Form.VALUE, note);
        }

        Builder either(String name, String note) {
            return add(name, Directive.Support.SUPPORTED, Directive.Form.ANY, note);
        }

        Builder block(String name, String note) {
            return add(name, Directive.Support.SUPPORTED, Directive.Form.BLOCK, note);
        }

        Builder namedBlock(String name, String note) {
            return add(name, Directive.Support.SUPPORTED, Directive.Form.NAMED_BLOCK, note);
        }

        Builder ignored(String note, String... names) {
            return addAll(Directive.Support.IGNORED, note, names);
        }

        Builder refused(String note, String... names) {
            return addAll(Directive.Support.REFUSED, note, names);
        }

        Vocabulary build() {
            return new Vocabulary(block, directives);
        }

        private Builder addAll(Directive.Support support, String note, String... names) {
            for (String name : names) {
                add(name, support, Directive.Form.ANY, note);
            }
            return this;
        }

        private Builder add(
                String name, Directive.Support support, Directive.Form form, String note) {
            if (directives.put(name, new Directive(name, support, form, note)) != null) {
                throw new IllegalStateException(name + " is listed twice in " + block);
            }
            return this;
        }
    }
}
