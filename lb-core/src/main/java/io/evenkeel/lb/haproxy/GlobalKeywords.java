package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.ignored;
import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** The keywords of the {@code global} section, as of HAProxy 2.6. */
final class GlobalKeywords {
    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported(
                                    "maxconn",
                                    "G",
                                    "connections at a time over all frontends; when not given, as"
                                            + " many as the limit of open files is enough for"),
                            supported(
                                    "maxconnrate, maxsessrate",
                                    "G",
                                    "connections accepted per second over all frontends, spread"
                                            + " over it; those that tcp-request connection rejects"
                                            + " count for maxconnrate only"),
                            supported("nbthread", "G", "the number of event loops"),
                            supported(
                                    "spread-checks",
                                    "G",
                                    "by how many percent the interval of checks varies"),
                            supported(
                                    "ssl-server-verify",
                                    "G",
                                    "whether certificates of servers are verified when the line of one"
                                            + " does not say"),
                            supported("node, description", "G", "text for people"),
                            supported(
                                    "localpeer",
                                    "G",
                                    "which of the peers this node is; else the one that is called"
                                            + " like the host"),
                            supported(
                                    "hard-stop-after",
                                    "G",
                                    "how long connections may go on after a stop, and after a"
                                            + " reload without their frontend, address, backend or"
                                            + " server; the launcher's --drain goes before it at a"
                                            + " stop"),
                            supported(
                                    "close-spread-time",
                                    "G",
                                    "the last part of hard-stop-after, in which the connections"
                                            + " that are left are reset one after the other, the"
                                            + " longest silent first; a tenth of it when not"
                                            + " given"),
                            ignored(
                                    "grace",
                                    "G",
                                    "a stop ceases to accept as soon as the virtual addresses are"
                                            + " handed over"),
                            supported(
                                    "setenv, presetenv, unsetenv, resetenv",
                                    "G",
                                    "for the lines below it in the file; the environment of the"
                                            + " process stays as it is"),
                            ignored(
                                    "log, log-send-hostname, log-tag",
                                    "G",
                                    "events go to the log of the program that embeds the"
                                            + " balancer; send its output where it should go"),
                            ignored(
                                    "daemon, quiet, pidfile,"
                                            + " mworker-max-reloads, master-worker",
                                    "G",
                                    "the process stays in the foreground and is started and"
                                            + " stopped by whatever supervises it, such as"
                                            + " systemd"),
                            ignored(
                                    "user, group, uid, gid, chroot, insecure-fork-wanted,"
                                            + " insecure-setuid-wanted, set-dumpable",
                                    "G",
                                    "the process keeps the user, the root directory and the"
                                            + " rights it was started with; set them in the unit"
                                            + " that starts it"),
                            ignored(
                                    "stats socket, stats timeout, stats maxconn,"
                                            + " expose-experimental-directives, unix-bind,"
                                            + " server-state-base, server-state-file",
                                    "G",
                                    "there is no command socket and no state file; the log says"
                                            + " what changes"),
                            ignored(
                                    "ulimit-n, fd-hard-limit, strict-limits",
                                    "G",
                                    "the limit of open files is that of the process; raise it"
                                            + " where it is started"),
                            ignored(
                                    "cpu-map, numa-cpu-mapping, thread-group, thread-groups,"
                                            + " busy-polling, noepoll, noevports, nokqueue, nopoll,"
                                            + " nosplice, nogetaddrinfo, noreuseport,"
                                            + " no-memory-trimming, profiling.tasks,"
                                            + " max-spread-checks, zero-warning",
                                    "G",
                                    "it tunes HAProxy's own process"),
                            ignored(
                                    "external-check, set-var, set-var-fmt",
                                    "G",
                                    "no check runs a program and nothing here reads variables of"
                                            + " the process"),
                            supported(
                                    GlobalBuffers.NAMES,
                                    "G",
                                    "what the system may hold for a connection; 131072 is the"
                                            + " default of tune.notsent-lowat.client, which, like"
                                            + " that of the server, is HAProxy 3.2's"),
                            ignored(
                                    GlobalTuning.NAMES,
                                    "G",
                                    "it tunes HAProxy's own buffers and pools"),
                            supported("ca-base, crt-base", "G", "for paths that are relative"),
                            supported(
                                    "ssl-default-bind-options, ssl-default-server-options",
                                    "G",
                                    "about versions, and strict-sni; TLSv1.2 is the oldest version"
                                            + " that is spoken"),
                            supported(
                                    "ssl-default-bind-ciphers, ssl-default-bind-ciphersuites,"
                                            + " ssl-default-server-ciphers,"
                                            + " ssl-default-server-ciphersuites",
                                    "G",
                                    "lists of names of cipher suites; other expressions of OpenSSL"
                                            + " have no effect"),
                            ignored(
                                    "issuers-chain-path, maxsslconn, maxsslrate,"
                                            + " ssl-default-bind-curves, ssl-dh-param-file,"
                                            + " ssl-engine, ssl-load-extra-del-ext,"
                                            + " ssl-load-extra-files, ssl-mode-async,"
                                            + " ssl-propquery, ssl-provider, ssl-provider-path,"
                                            + " ssl-skip-self-issued-ca",
                                    "G",
                                    BindKeywords.PROVIDERS),
                            ignored(
                                    "h1-accept-payload-with-any-method, h1-case-adjust,"
                                            + " h1-case-adjust-file,"
                                            + " h2-workaround-bogus-websocket-clients,"
                                            + " httpclient.resolvers.id,"
                                            + " httpclient.resolvers.prefer,"
                                            + " httpclient.ssl.ca-file, httpclient.ssl.verify,"
                                            + " maxcompcpuusage, maxcomprate, maxzlibmem, maxpipes,"
                                            + " cluster-secret, pp2-never-send-local,"
                                            + " wurfl-cache-size, wurfl-data-file,"
                                            + " wurfl-information-list,"
                                            + " wurfl-information-list-separator,"
                                            + " deviceatlas-json-file, deviceatlas-log-level,"
                                            + " deviceatlas-properties-cookie,"
                                            + " deviceatlas-separator, 51degrees-cache-size,"
                                            + " 51degrees-data-file,"
                                            + " 51degrees-property-name-list,"
                                            + " 51degrees-property-separator",
                                    "G",
                                    "it belongs to a part of HAProxy that mode tcp does not use"),
                            refused(
                                    "default-path",
                                    "G",
                                    "files are found as seen from where the process was started;"
                                            + " write whole paths"),
                            refused(
                                    "lua-load, lua-load-per-thread, lua-prepend-path",
                                    "G",
                                    "there is no Lua in the JVM's balancer; embed the library and"
                                            + " write Java"),
                            refused(
                                    "nbproc, stats bind-process",
                                    "G",
                                    "HAProxy has dropped it; write nbthread")));

    private GlobalKeywords() {}
}
