package io.evenkeel.lb.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What nodes publish: words, of which the first says which message it is and the second who sends it, and then, of an update, bytes. Who
 * sends is a process and not a node's name, so that two nodes of one name can be told.
 */
sealed interface StoreMessage {
    /** Of the sender. */
    String process();

    /**
     * {@code H process node table=definition ...}: who is there, and with which tables.
     *
     * @param definitions by table
     */
    record Hello(String process, String node, Map<String, String> definitions)
            implements StoreMessage {
        byte[] toBytes() {
            StringBuilder text = new StringBuilder("H " + process + " " + node);
            definitions.forEach(
                    (table, of) -> text.append(' ').append(table).append('=').append(of));
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * {@code U process field remainingMillis length}, a value of that length, and the name of the entry.
     *
     * @param field that was written
     * @param remainingMillis until the entry expires
     * @param value of the field
     * @param name of the entry in the store
     */
    record Update(String process, StoreField field, long remainingMillis, String value, byte[] name)
            implements StoreMessage {
        byte[] toBytes() {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            String words =
                    String.join(
                            " ",
                            "U",
                            process,
                            field.letter(),
                            Long.toString(remainingMillis),
                            Integer.toString(text.length),
                            "");
            byte[] head = words.getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(head, head.length + text.length + name.length);
            System.arraycopy(text, 0, all, head.length, text.length);
            System.arraycopy(name, 0, all, head.length + text.length, name.length);
            return all;
        }
    }

    /** @throws StoreFormatException if it is none of both */
    static StoreMessage read(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == 'H') {
            return hello(List.of(new String(bytes, StandardCharsets.UTF_8).split(" ")));
        }
        String[] words = new String[5];
        int at = 0;
        for (int i = 0; i < words.length; i++) {
            int end = at;
            while (end < bytes.length && bytes[end] != ' ') {
                end++;
            }
            words[i] = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at = Math.min(bytes.length, end + 1);
        }
        StoreField field = StoreField.of(words[2]);
        try {
            long remaining = Long.parseLong(words[3]);
            int length = Integer.parseInt(words[4]);
            if (words[0].equals("U")
                    && field != null
                    && length >= 0
                    && length < bytes.length - at) {
                String value = new String(bytes, at, length, StandardCharsets.UTF_8);
                byte[] name = Arrays.copyOfRange(bytes, at + length, bytes.length);
                return new Update(words[1], field, remaining, value, name);
            }
        } catch (NumberFormatException e) {
            // As if it were something else.
        }
        throw new StoreFormatException("a message is neither a hello nor an update");
    }

    private static Hello hello(List<String> words) {
        if (words.size() < 3) {
            throw new StoreFormatException("a hello has no name");
        }
        Map<String, String> definitions = new LinkedHashMap<>();
        for (String word : words.subList(3, words.size())) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                definitions.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return new Hello(words.get(1), words.get(2), definitions);
    }
}
