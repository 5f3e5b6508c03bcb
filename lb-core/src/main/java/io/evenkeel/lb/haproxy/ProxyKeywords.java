package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;
import java.util.stream.Stream;

/** The keywords of defaults, frontend, listen and backend, as of HAProxy 2.6. */
final class ProxyKeywords {
    static final String HTTP = "it concerns HTTP, and HAProxy too ignores it in mode tcp";

    /** Of {@link HttpMode#RULES}. */
    static final String HTTP_RULE = HTTP + "; a section in mode http is refused for it";

    private static final String TIME =
            "us, ms, s, m, h, d; microseconds are kept, not rounded up; a proxy without client,"
                    + " connect or server gets a warning";

    static final KeywordTable TABLE =
            new KeywordTable(
                    Stream.of(carriedOut(), without(), notYet(), ProxyOptions.all())
                            .flatMap(List::stream)
                            .toList());

    private ProxyKeywords() {}

    private static List<Keyword> carriedOut() {
        return List.of(
                supported(
                        "mode",
                        "DFLB",
                        "tcp, which is the default; a section in mode http is relayed as TCP with"
                                + " a warning, or refused if it needs requests to be read; one that"
                                + " only has pages of HAProxy's own is left out with a warning"),
                supported(
                        "bind",
                        "FL",
                        "address:port[-port], several with commas; an address bound twice is"
                                + " refused"),
                supported("default_backend", "DFL", "a backend or listen section of the same file"),
                supported(
                        "acl",
                        "FLB",
                        "name, criterion, flags and patterns; lines of one name are or-ed; see what"
                                + " conditions may look at"),
                supported(
                        "use_backend",
                        "FL",
                        "name [if|unless condition]; the first that holds counts; no name that is"
                                + " made up at run time; with an inspect delay it waits for what"
                                + " its condition looks at"),
                supported(
                        "tcp-request connection, tcp-request content",
                        "FLB",
                        "accept and reject [if|unless condition], and on connection expect-proxy"
                                + " layer4; below them track-sc0 src [table NAME] of connection, and"
                                + " reject if { FETCH ge|gt NUMBER } with conn_cur, conn_rate or"
                                + " sess_rate of src_, sc0_ or sc_(0); other actions are refused,"
                                + " and so is all of it in a backend"),
                supported(
                        "tcp-request inspect-delay",
                        "FLB",
                        "the longest wait for first bytes; refused in a backend"),
                supported("server", "LB", "see the words of a server line"),
                supported(
                        "server-template",
                        "LB",
                        "each server has an address of the name of its own as long as the name has"
                                + " it; with resolvers, of _service._proto.name the targets of its SRV"
                                + " records"),
                supported("default-server", "DLB", "settings of the server lines that follow it"),
                supported(
                        "balance",
                        "DLB",
                        "roundrobin, in the smooth order of nginx; static-rr, leastconn, first,"
                                + " random, random(draws), source, hash src, dst, req.ssl_sni and"
                                + " req.hdr(host), of which one that is not there is any server;"
                                + " what goes by an HTTP"
                                + " request is round robin with a warning, as in HAProxy"),
                supported(
                        "hash-type",
                        "DLB",
                        "map-based or consistent; the hash is XXH64, so clients keep to other"
                                + " servers than with HAProxy, and a named function gets a warning"),
                supported(
                        "hash-balance-factor",
                        "DLB",
                        "with hash-type consistent; 0 or from 101 up"),
                supported("retries", "DLB", "3 when not given"),
                supported("maxconn", "DFL", "connections at a time"),
                supported(
                        "backlog",
                        "DFL",
                        "how many connections wait in the system; 4096 when not given"),
                supported(
                        "clitcpka-cnt, clitcpka-idle, clitcpka-intvl",
                        "DFL",
                        "with option clitcpka; what is not given is as the system has it"),
                supported(
                        "srvtcpka-cnt, srvtcpka-idle, srvtcpka-intvl",
                        "DLB",
                        "with option srvtcpka; what is not given is as the system has it"),
                supported(
                        "source",
                        "DLB",
                        "as on a server line, for the servers that say none, with one port at most"),
                supported(
                        "rate-limit sessions",
                        "DFL",
                        "connections accepted per second, spread over it, without those that"
                                + " tcp-request connection rejects; the others wait in the kernel's"
                                + " queue"),
                supported(
                        "fullconn",
                        "DLB",
                        "from how many connections on servers with minconn have their maxconn; a"
                                + " tenth of the maxconn of all frontends that may lead here when not"
                                + " given"),
                supported("timeout client", "DFL", TIME),
                supported(
                        "timeout client-fin",
                        "DFL",
                        "of a client whose connection is half closed, in place of timeout client"
                                + " or timeout tunnel"),
                supported(
                        "timeout server-fin",
                        "DLB",
                        "of a server whose connection is half closed, in place of timeout server"
                                + " or timeout tunnel"),
                supported(
                        "timeout tunnel",
                        "DLB",
                        "in place of timeout client and timeout server once the server is"
                                + " connected"),
                supported(
                        "timeout server, timeout connect, timeout queue, timeout check",
                        "DLB",
                        TIME),
                supported(
                        "disabled, enabled",
                        "DFLB",
                        "a disabled frontend does not listen, and the servers of a disabled"
                                + " backend take no connection"),
                supported(
                        "stick-table",
                        "FLB",
                        "all arguments; what is stored of HTTP gets a warning, and so"
                                + " does what is stored of gpc and gpt beyond gpc0, gpc0_rate"
                                + " and gpt0; servers are kept by name or, with srvkey addr, by"
                                + " configured host and port, never by id"),
                supported(
                        "stick on, stick match, stick store-request",
                        "LB",
                        "src, dst, dst_port and req.ssl_sni, without converters and conditions;"
                                + " src and dst need type ip, ipv6 or binary, dst_port integer,"
                                + " string or binary, req.ssl_sni string or binary; of first"
                                + " connections at once stick on keeps the first server, not the"
                                + " last"),
                supported("description", "FLB", "text for people"),
                supported(
                        "http-check connect", "DLB", "once, with default, ssl, sni, port and addr"),
                supported(
                        "http-check disable-on-404",
                        "DLB",
                        "a server that is up and answers 404 gets no new connections"),
                supported(
                        "tcp-check connect",
                        "DLB",
                        "with default, ssl, sni, port, addr, linger and comment"),
                supported(
                        "tcp-check send, tcp-check send-binary",
                        "DLB",
                        "ASCII text, or bytes in hexadecimal"),
                supported(
                        "tcp-check expect",
                        "DLB",
                        "string, binary, rstring, rbinary, with !, min-recv, comment, ok-status,"
                                + " error-status and tout-status; regular expressions are Java's,"
                                + " at most 16384 bytes of an answer are looked at, and bytes after"
                                + " a NUL count too"),
                supported(
                        "http-check send",
                        "DLB",
                        "once, with meth, uri, ver and hdr; no body and no log-format"),
                supported(
                        "http-check expect",
                        "DLB",
                        "once, with [!] status or [!] rstatus; bodies and headers are not"
                                + " read"),
                supported("http-check comment", "DLB", "text for people"),
                supported(
                        "tcp-check comment",
                        "DLB",
                        "said of the steps that follow, when one of them fails"));
    }

    private static List<Keyword> without() {
        return List.of(
                ignored(
                        "log, log-format, log-format-sd, log-tag, error-log-format,"
                                + " unique-id-format, unique-id-header",
                        "DFLB",
                        "events go to the log of the program that embeds the balancer, in its"
                                + " format"),
                ignored(
                        "id, bind-process, load-server-state-from-file,"
                                + " server-state-file-name",
                        "DFLB",
                        "nothing here reads it"),
                ignored(
                        "email-alert, external-check, http-check send-state",
                        "DFLB",
                        "it adds to something that is refused or not there"),
                ignored(
                        "timeout http-request, timeout http-keep-alive, timeout tarpit, capture,"
                                + " compression, declare, errorfile, errorfiles, errorloc,"
                                + " errorloc302, errorloc303, http-error, http-reuse,"
                                + " max-keep-alive-queue",
                        "DFLB",
                        HTTP),
                ignored(
                        "cookie, http-request, http-response, http-after-response,"
                                + " http-send-name-header, monitor, monitor-uri, redirect",
                        "DFLB",
                        HTTP_RULE),
                ignored(
                        "retry-on",
                        "DLB",
                        "only failed connects are tried again, as in mode tcp of HAProxy"),
                ignored(
                        "stats",
                        "DFLB",
                        "no statistics page is served; the log says what changes"));
    }

    private static List<Keyword> notYet() {
        return List.of(
                refused(
                        "use-server",
                        "DLB",
                        "rules choose a backend, and its balance the server; give that server a"
                                + " backend of its own"),
                refused(
                        "tcp-request session",
                        "DFLB",
                        "it differs from tcp-request connection only where TLS or PROXY headers"
                                + " are taken off; write tcp-request connection, or tcp-request"
                                + " content for the addresses that a PROXY header says"),
                refused(
                        "tcp-response, filter",
                        "DFLB",
                        "connections are relayed without rules for answers; remove it, and filter elsewhere if access depends on it"),
                refused(
                        "stick store-response",
                        "LB",
                        "what servers answer is not read; write stick store-request or stick on"),
                refused(
                        "persist, force-persist, ignore-persist",
                        "DFLB",
                        "connections keep to their servers by stick rules alone, all of them and"
                                + " without conditions; remove it"),
                refused(
                        "dispatch, transparent",
                        "DLB",
                        "connections go to the servers of a backend only; write a server line"),
                refused(
                        "http-check set-var, http-check set-var-fmt, http-check unset-var",
                        "DLB",
                        "a check sends one request and looks at its status; remove it"),
                refused(
                        "tcp-check send-lf, tcp-check send-binary-lf,"
                                + " tcp-check set-var, tcp-check set-var-fmt, tcp-check unset-var",
                        "DLB",
                        "there are no variables and no log-formats; write the text with send or"
                                + " send-binary"),
                refused("use-fcgi-app", "LB", "FastCGI is not relayed; remove it"),
                refused(
                        "clitimeout, contimeout, srvtimeout",
                        "DFLB",
                        "HAProxy has dropped it; write timeout client, timeout connect or timeout"
                                + " server"),
                refused("redispatch", "DFLB", "HAProxy has dropped it; write option redispatch"),
                refused(
                        "block, reqadd, reqallow, reqdel, reqdeny, reqiallow, reqidel, reqideny,"
                                + " reqipass, reqirep, reqitarpit, reqpass, reqrep, reqtarpit,"
                                + " rspadd, rspdel, rspdeny, rspidel, rspideny, rspirep, rsprep",
                        "DFLB",
                        "HAProxy has dropped it for http-request and http-response, and no request"
                                + " is read here; remove it"),
                refused(
                        "appsession, monitor-net, grace, option forceclose, option http-tunnel,"
                                + " option http_proxy",
                        "DFLB",
                        "HAProxy has dropped it; remove it"));
    }
}
