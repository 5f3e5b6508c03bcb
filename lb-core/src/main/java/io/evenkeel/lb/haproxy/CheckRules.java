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
            List<HttpHeader> headers) {}

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

    /** Set with {@link Kind#HTTP}. */
    @Nullable Request option;

    /** Set with {@link Kind#SERVICE}. */
    @Nullable TcpCheck service;

    @Nullable Request send;
    @Nullable Expect expect;
    @Nullable Connect connect;
    boolean disableOn404;

    /** {@code tcp-check} rules, in order. */
    List<TcpCheckStep> steps = new ArrayList<>();

    /** Of {@code tcp-check comment}: said of the steps that follow. */
    @Nullable String stepComment;

    /** The line of the first rule of this section: its rules replace those of the defaults, as does an {@code option httpchk} of its own. */
    int ownRulesLine;

    CheckRules copyForHeir() {
        CheckRules copy = new CheckRules();
        copy.kind = kind;
        copy.option = option;
        copy.service = service;
        copy.send = send;
        copy.expect = expect;
        copy.connect = connect;
        copy.disableOn404 = disableOn404;
        copy.steps = new ArrayList<>(steps);
        return copy;
    }

    /** To be called before a rule of this section is noted. */
    void startRule(int line) {
        forgetInheritedRules();
        if (ownRulesLine == 0) {
            ownRulesLine = line;
        }
    }

    /** Takes the request of an {@code option httpchk}: the rules of this section stay with it, those of the defaults do not. */
    void startHttp(Request request) {
        forgetInheritedRules();
        kind = Kind.HTTP;
        option = request;
    }

    private void forgetInheritedRules() {
        if (ownRulesLine == 0) {
            send = null;
            expect = null;
            connect = null;
            steps.clear();
        }
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
        boolean http = connect != null || send != null || expect != null;
        return kind != Kind.HTTP && http || kind != Kind.TCP && !steps.isEmpty();
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
        Request first = option;
        if (kind != Kind.HTTP || first == null) {
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
        builder.disableOn404(disableOn404);
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
