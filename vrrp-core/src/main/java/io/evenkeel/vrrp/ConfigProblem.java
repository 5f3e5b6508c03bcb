package io.evenkeel.vrrp;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the builder's property, with an index where it is a list: {@code addresses[2]}
 * @param message a sentence that says what is wrong and what would be right
 */
public record ConfigProblem(String path, String message) {

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
