package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The request of an HTTP check and what its answer must be ({@code option httpchk}). */
public final class HttpCheck {
    private final String method;
    private final String uri;
    private final String version;
    private final @Nullable String host;
    private final List<HttpHeader> headers;
    private final ExpectedStatus expectedStatus;
    private final boolean disableOn404;

    private HttpCheck(Builder builder) {
        method = builder.method;
        uri = builder.uri;
        version = builder.version;
        host = builder.host;
        headers = List.copyOf(builder.headers);
        expectedStatus = builder.expectedStatus;
        disableOn404 = builder.disableOn404;
    }

    /** A builder with HAProxy's defaults: {@code OPTIONS / HTTP/1.0}, 200 to 399 pass. */
    public static Builder builder() {
        return new Builder();
    }

    /** The request method. */
    public String method() {
        return method;
    }

    /** The request target. */
    public String uri() {
        return uri;
    }

    /** {@code HTTP/1.0} or {@code HTTP/1.1}. */
    public String version() {
        return version;
    }

    /** The value of the {@code Host} header; null: none under HTTP/1.0, the server's address under HTTP/1.1. */
    public @Nullable String host() {
        return host;
    }

    /** Further headers, in order. */
    public List<HttpHeader> headers() {
        return headers;
    }

    /** The status codes that pass. */
    public ExpectedStatus expectedStatus() {
        return expectedStatus;
    }

    /**
     * Whether a server that is up and answers 404 gets no new connections, but is not down: {@link HealthState#STOPPING} ({@code
     * http-check disable-on-404}).
     */
    public boolean disableOn404() {
        return disableOn404;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpCheck that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    @Override
    public String toString() {
        return method + " " + uri + " " + version + " expecting " + expectedStatus;
    }

    private List<Object> fields() {
        return List.of(
                method,
                uri,
                version,
                Objects.requireNonNullElse(host, ""),
                headers,
                expectedStatus,
                disableOn404);
    }

    /** Builds an {@link HttpCheck}. */
    public static final class Builder {
        private String method = "OPTIONS";
        private String uri = "/";
        private String version = "HTTP/1.0";
        private @Nullable String host;
        private final List<HttpHeader> headers = new ArrayList<>();
        private ExpectedStatus expectedStatus = ExpectedStatus.SUCCESS_OR_REDIRECT;
        private boolean disableOn404;

        private Builder() {}

        /** The request method; a token, case matters. */
        public Builder method(String value) {
            method = value;
            return this;
        }

        /** The request target, sent as it is. */
        public Builder uri(String value) {
            uri = value;
            return this;
        }

        /** {@code HTTP/1.0} or {@code HTTP/1.1}. */
        public Builder version(String value) {
            version = value;
            return this;
        }

        /** The value of the {@code Host} header. */
        public Builder host(@Nullable String value) {
            host = value;
            return this;
        }

        /** Adds a header. */
        public Builder header(HttpHeader value) {
            headers.add(value);
            return this;
        }

        /** The status codes that pass. */
        public Builder expectedStatus(ExpectedStatus value) {
            expectedStatus = value;
            return this;
        }

        /** See {@link HttpCheck#disableOn404()}; false if not set. */
        public Builder disableOn404(boolean value) {
            disableOn404 = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public HttpCheck build() {
            Problems problems = new Problems("httpCheck");
            if (!HttpHeader.isToken(method)) {
                problems.add("method", "'" + method + "' is not a method; write GET, HEAD, ...");
            }
            if (uri.isEmpty()) {
                problems.add("uri", "is empty, but must be a path such as /healthz");
            }
            problems.noControlOrSpace("uri", uri);
            if (!version.equals("HTTP/1.0") && !version.equals("HTTP/1.1")) {
                problems.add("version", "is '" + version + "', but must be HTTP/1.0 or HTTP/1.1");
            }
            String hostValue = host;
            if (hostValue != null) {
                problems.host("host", hostValue);
            }
            problems.throwIfAny();
            return new HttpCheck(this);
        }
    }
}
