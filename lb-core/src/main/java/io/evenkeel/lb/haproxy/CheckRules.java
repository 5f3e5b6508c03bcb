package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a proxy says about its checks: {@code option httpchk}, {@code http-check}, {@code tcp-check}. */
final class CheckRules {
    /** A request, or the parts of it that were given. */
    record Request(
            int line,
            @Nullable String method,
            @Nullable String uri,
            @Nullable String version,
            @Nullable String host,
            List<HttpHeader> headers) {}

    /**
     * {@code http-check connect} or {@code tcp-check connect}.
     *
     * @param http whether it is {@code http-check}, which counts with {@code option httpchk} only
     * @param usual whether what the server line says about TLS holds ({@code default})
     * @param port 0: not given
     */
    record Connect(
            int line,
            boolean http,
            boolean usual,
            boolean tls,
            int port,
            @Nullable String host,
            @Nullable String sni) {}

    /** {@code http-check expect}. */
    record Expect(int line, ExpectedStatus status) {}

    /** Whether {@code option httpchk} is the last of the two check options. */
    boolean http;

    /** Whether {@code option tcp-check} is the last of the two. */
    boolean tcp;

    /** Set with {@link #http}. */
    @Nullable Request option;

    @Nullable Request send;
    @Nullable Expect expect;
    @Nullable Connect connect;

    /** The line of the first rule of this section: its rules replace those of the defaults. */
    int ownRulesLine;

    CheckRules copyForHeir() {
        CheckRules copy = new CheckRules();
        copy.http = http;
        copy.tcp = tcp;
        copy.option = option;
        copy.send = send;
        copy.expect = expect;
        copy.connect = connect;
        return copy;
    }

    /** To be called before a rule of this section is noted. */
    void startRule(int line) {
        if (ownRulesLine == 0) {
            ownRulesLine = line;
            send = null;
            expect = null;
            connect = null;
        }
    }

    /** The connect rule, if the option that it belongs to is given. */
    @Nullable Connect connect() {
        Connect rule = connect;
        return rule != null && (rule.http() ? http : tcp) ? rule : null;
    }

    /** Whether there are rules without the option that makes them count. */
    boolean hasIdleRules() {
        return connect != null && connect() == null || !http && (send != null || expect != null);
    }

    /** The check that servers get, or null for a connect; what the model refuses is reported. */
    @Nullable HttpCheck httpCheck(Report report) {
        Request first = option;
        if (!http || first == null) {
            return null;
        }
        HttpCheck.Builder builder = HttpCheck.builder();
        apply(first, builder);
        first.headers().forEach(builder::header);
        Request second = send;
        int line = first.line();
        if (second != null) {
            line = second.line();
            if (!second.headers().isEmpty() && !first.headers().isEmpty()) {
                builder = HttpCheck.builder();
                apply(first, builder);
            }
            apply(second, builder);
            second.headers().forEach(builder::header);
        }
        if (expect != null) {
            builder.expectedStatus(expect.status());
        }
        return report.orRefuse(line, builder::build);
    }

    private static void apply(Request request, HttpCheck.Builder builder) {
        if (request.method() != null) {
            builder.method(request.method());
        }
        if (request.uri() != null) {
            builder.uri(request.uri());
        }
        if (request.version() != null) {
            builder.version(request.version());
        }
        if (request.host() != null) {
            builder.host(request.host());
        }
    }
}
