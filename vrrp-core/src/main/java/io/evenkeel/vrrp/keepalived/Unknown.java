package io.evenkeel.vrrp.keepalived;

import org.jspecify.annotations.Nullable;

/** The sentence for a word that is not in the vocabulary of its place. */
final class Unknown {
    private Unknown() {}

    static String sentence(String word, Vocabulary here) {
        if (IncludeChecks.isInclude(word)) {
            return "'" + word + "' stands in the middle of a line; write it on a line of its own";
        }
        String nearest = here.nearest(word);
        if (nearest != null) {
            return "unknown keyword '" + word + "'; did you mean '" + nearest + "'?";
        }
        Vocabulary home = homeOf(word);
        if (home != null) {
            return "'"
                    + word
                    + "' does not belong here but into "
                    + home.block()
                    + "; move it there";
        }
        return "unknown keyword '" + word + "'; " + here.block() + " takes none of that name";
    }

    private static @Nullable Vocabulary homeOf(String word) {
        for (Vocabulary vocabulary : Vocabularies.ALL) {
            if (vocabulary.find(word) != null) {
                return vocabulary;
            }
        }
        return null;
    }
}
