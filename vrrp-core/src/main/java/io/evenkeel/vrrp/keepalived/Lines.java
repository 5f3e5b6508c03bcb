package io.evenkeel.vrrp.keepalived;

/** The lines of a file, without their comments and ends. */
final class Lines {
    private final String file;
    private final String text;
    private int position;
    private int line;

    Lines(String file, String text) {
        this.file = file;
        this.text = text;
        this.position = text.startsWith("\uFEFF") ? 1 : 0;
    }

    boolean hasNext() {
        return position < text.length();
    }

    String next() {
        int end = text.indexOf('\n', position);
        int next = end < 0 ? text.length() : end + 1;
        end = end < 0 ? text.length() : end;
        int from = position;
        position = next;
        line++;
        boolean carriageReturn = end > from && text.charAt(end - 1) == '\r';
        return Comments.removed(text.substring(from, carriageReturn ? end - 1 : end));
    }

    /** Returns where the line stands that was read last, or the first one before any was. */
    Place place() {
        return new Place(file, Math.max(line, 1));
    }
}
