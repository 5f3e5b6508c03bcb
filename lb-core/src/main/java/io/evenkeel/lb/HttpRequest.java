package io.evenkeel.lb;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The head of a client's first HTTP request, as it was sent. */
public final class HttpRequest {
    private final String method;
    private final String uri;
    private final String version;
    private final List<Field> fields;
    private final @Nullable String path;
    private final @Nullable String hostName;

    /**
     * A header field.
     *
     * @param name in any case
     * @param value without spaces around it
     */
    public record Field(String name, String value) {}

    /**
     * A request.
     *
     * @param uri the request target, whatever its form
     * @param version such as {@code 1.1}
     * @param fields in their order
     */
    public HttpRequest(String method, String uri, String version, List<Field> fields) {
        this.method = Objects.requireNonNull(method);
        this.uri = Objects.requireNonNull(uri);
        this.version = Objects.requireNonNull(version);
        this.fields = List.copyOf(fields);
        path = pathOf(uri);
        String host = null;
        for (Field field : this.fields) {
            if (host == null && field.name().equalsIgnoreCase("host")) {
                host = field.value();
            }
        }
        hostName = host == null ? null : ConnectionFacts.hostName(withoutPort(host));
    }

    String method() {
        return method;
    }

    String uri() {
        return uri;
    }

    String version() {
        return version;
    }

    List<Field> fields() {
        return fields;
    }

    /** From the first slash after the authority to the query; null if the target has none, such as {@code *}. */
    @Nullable String path() {
        return path;
    }

    /** Of the first Host field, without the port; null if there is none. */
    @Nullable String hostName() {
        return hostName;
    }

    private static @Nullable String pathOf(String uri) {
        int start = 0;
        if (!uri.startsWith("/")) {
            int scheme = uri.indexOf("://");
            start = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
            if (start < 0) {
                return null;
            }
        }
        int end = start;
        while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
            end++;
        }
        return uri.substring(start, end);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean literal = host.startsWith("[") && host.indexOf(']') > colon;
        return colon < 0 || literal ? host : host.substring(0, colon);
    }
}
