package io.evenkeel.lb;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes; what was received before is forgotten ({@code tcp-check send}, {@code send-binary}).
 *
 * @param text each character is one byte, from 0 to 255
 * @param comment see {@link TcpCheckStep#comment()}
 */
public record TcpSend(String text, @Nullable String comment) implements TcpCheckStep {
    /**
     * Checks the form.
     *
     * @throws InvalidConfigException if there is nothing to send, or a character that is no byte
     */
    public TcpSend {
        Problems problems = new Problems("send");
        if (text.isEmpty()) {
            problems.add("text", "is empty, but there must be something to send");
        }
        problems.bytes("text", text);
        problems.throwIfAny();
    }

    /** The bytes to send; a new array. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String description() {
        return "send " + CheckText.quote(text);
    }
}
