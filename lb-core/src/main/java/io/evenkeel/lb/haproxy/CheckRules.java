package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import io.evenkeel.lb.TcpCheck;
import io.evenkeel.lb.TcpCheckStep;
import io.evenkeel.lb.TcpConnect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a proxy says about its checks: {@code option httpchk} and its like, {@code http-check}, {@code tcp-check}. */
final class CheckRules {
    /** A request, or the parts of it that were given. */
    record Request(
            int line,
            @Nullable String method,
            @Nullable String uri,
            @Nullable String version,
            @Nullable String host,
            List<HttpHeader> headers) {
        /** These parts, and those of an earlier line that are not among them; headers are one part. */
        Request over(@Nullable Request earlier) {
            if (earlier == null) {
                return this;
            }
            boolean ownHeaders = host != null || !headers.isEmpty();
            return new Request(
                    line,
                    method == null ? earlier.method : method,
                    uri == null ? earlier.uri : uri,
                    version == null ? earlier.version : version,
                    ownHeaders ? host : earlier.host,
                    ownHeaders ? headers : earlier.headers);
        }
    }

    /** {@code http-check connect}. */
    record Connect(int line, TcpConnect connect) {}

    /** {@code http-check expect}. */
    record Expect(int line, ExpectedStatus status) {}

    /** Which of the check options is the last. */
    enum Kind {
        NONE,
        HTTP,
        TCP,
        /** One of the services that {@link #service} checks. */
        SERVICE
    }

    Kind kind = Kind.NONE;

    /** Set with {@link Kind#SERVICE}. */
    @Nullable TcpCheck service;

    /** Of {@code option httpchk} and {@code http-check send} together; null: rules of this section took the place of those of the defaults. */
    @Nullable Request request;

    /** The line of {@code http-check send}; 0: there is none. */
    int sendLine;

    @Nullable Expect expect;
    @Nullable Connect connect;
    boolean disableOn404;

    /** {@code tcp-check} rules, in order. */
    List<TcpCheckStep> steps = new ArrayList<>();

    /** Of {@code tcp-check comment}: said of the steps that follow. */
    @Nullable String stepComment;

    /** The line of the first rule of this section; 0: it has none. */
    int ownRulesLine;

    // The rules of each kind replace those of the defaults, the request of their option included.
    private boolean ownHttp;
    private boolean ownTcp;

    /** Whether defaults have rules without the option that makes them count. */
    private boolean inheritedIdle;

    /** As in HAProxy, rules are inherited with the option that makes them count, and not without it. */
    CheckRules copyForHeir() {
        CheckRules copy = new CheckRules();
        copy.kind = kind;
        copy.disableOn404 = disableOn404;
        copy.inheritedIdle = hasIdleRules();
        if (kind == Kind.SERVICE) {
            copy.service = service;
        } else if (kind == Kind.TCP) {
            copy.steps = new ArrayList<>(steps);
        } else if (kind == Kind.HTTP) {
            copy.request = request;
            copy.sendLine = sendLine;
            copy.expect = expect;
            copy.connect = connect;
        }
        return copy;
    }

    /** Takes which option is the last. */
    void choose(Kind chosen) {
        if (chosen != kind && !ownTcp) {
            steps.clear();
        }
        kind = chosen;
    }

    /** To be called before a {@code tcp-check} rule of this section is noted. */
    void startTcpRule(int line) {
        if (!ownTcp) {
            ownTcp = true;
            steps.clear();
        }
        noteRule(line);
    }

    /** To be called before an {@code http-check} rule of this section is noted. */
    void startHttpRule(int line) {
        forgetInheritedHttp();
        noteRule(line);
    }

    private void noteRule(int line) {
        if (ownRulesLine == 0) {
            ownRulesLine = line;
        }
    }

    /** Takes the request of an {@code option httpchk}: of it and a {@code send} of this section, the later goes before. */
    void option(Request given) {
        forgetInheritedHttp();
        choose(Kind.HTTP);
        request = sendLine == 0 ? given : given.over(request);
    }

    /** Takes the request of an {@code http-check send}. */
    void send(Request given) {
        request = given.over(request);
        sendLine = given.line();
    }

    private void forgetInheritedHttp() {
        if (!ownHttp) {
            ownHttp = true;
            request = null;
            sendLine = 0;
            expect = null;
            connect = null;
        }
    }

    /** Whether there is no request, though an HTTP check was chosen. */
    boolean sendsNothing() {
        return kind == Kind.HTTP && request == null;
    }

    /** How each server is connected to, or null if the server lines say so. */
    @Nullable TcpConnect onlyConnect() {
        Connect http = connect;
        if (kind == Kind.HTTP && http != null) {
            return http.connect();
        }
        return kind == Kind.TCP
                        && steps.size() == 1
                        && steps.get(0) instanceof TcpConnect only
                        && !only.linger()
                ? only
                : null;
    }

    /** Whether they say where to connect to, whatever port a server has. */
    boolean nameAllPorts() {
        Connect http = connect;
        return switch (kind) {
            case HTTP -> http != null && http.connect().port() != 0;
            case TCP ->
                    !steps.isEmpty()
                            && steps.get(0) instanceof TcpConnect
                            && steps.stream().allMatch(CheckRules::namesPortIfItConnects);
            case NONE, SERVICE -> false;
        };
    }

    private static boolean namesPortIfItConnects(TcpCheckStep step) {
        return !(step instanceof TcpConnect connect) || connect.port() != 0;
    }

    /** Whether there are rules without the option that makes them count. */
    boolean hasIdleRules() {
        boolean http = connect != null || sendLine != 0 || expect != null;
        return inheritedIdle
                || ownHttp && http && kind != Kind.HTTP
                || ownTcp && !steps.isEmpty() && kind != Kind.TCP;
    }

    /** What is said and expected step by step, or null. */
    @Nullable TcpCheck tcpCheck() {
        if (kind == Kind.SERVICE) {
            return service;
        }
        if (kind != Kind.TCP || steps.isEmpty() || onlyConnect() != null) {
            return null;
        }
        TcpCheck.Builder check = TcpCheck.builder();
        steps.forEach(check::step);
        return check.build();
    }

    /** The check that servers get, or null for a connect; what the model refuses is reported. */
    @Nullable HttpCheck httpCheck(Report report) {
        Request sent = request;
        if (kind != Kind.HTTP || sent == null) {
            return null;
        }
        HttpCheck.Builder builder = HttpCheck.builder();
        apply(sent, builder);
        sent.headers().forEach(builder::header);
        if (expect != null) {
            builder.expectedStatus(expect.status());
        }
        builder.disableOn404(disableOn404);
        return report.orRefuse(sent.line(), builder::build);
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
