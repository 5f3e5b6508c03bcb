package io.evenkeel.examples.lab;

/**
 * What a finished command left.
 *
 * @param exitCode its exit status
 * @param output what it wrote, standard output and standard error together
 */
public record CommandResult(int exitCode, String output) {
    /** Whether the command exited with 0. */
    public boolean succeeded() {
        return exitCode == 0;
    }
}
