package io.evenkeel.lb;

/**
 * A header field that a check sends.
 *
 * @param name a token as RFC 9110 section 5.1 has it
 * @param value may be empty; no control characters
 */
public record HttpHeader(String name, String value) {
    /**
     * Checks both parts, so that a value cannot smuggle in a line of its own.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public HttpHeader {
        Problems problems = new Problems("header[" + name + "]");
        if (!isToken(name)) {
            problems.add(
                    "name",
                    "is not a header name: letters, digits and !#$%&'*+-.^_`|~ are allowed");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                problems.add("value", "holds a control character, which no header value may have");
                break;
            }
        }
        problems.throwIfAny();
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
