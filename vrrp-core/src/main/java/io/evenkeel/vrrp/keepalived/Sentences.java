package io.evenkeel.vrrp.keepalived;

/** Fits the model's sentences behind {@code FILE:LINE:}. */
final class Sentences {
    private Sentences() {}

    static String lower(String sentence) {
        boolean startsWithWord =
                sentence.length() > 1
                        && Character.isUpperCase(sentence.charAt(0))
                        && Character.isLowerCase(sentence.charAt(1));
        String start =
                startsWithWord
                        ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1)
                        : sentence;
        return start.endsWith(".") ? start.substring(0, start.length() - 1) : start;
    }
}
