package io.evenkeel.lb.haproxy;

import static io.evenkeel.lb.haproxy.KeywordTable.refused;
import static io.evenkeel.lb.haproxy.KeywordTable.supported;

import java.util.List;

/** What conditions may look at: the sample fetches and ACL criteria, as of HAProxy 2.6. */
final class FetchKeywords {
    private static final String TEXT =
            "; -i, -m str, beg, end, sub, dir, dom, reg or found, and the converter lower";

    static final KeywordTable TABLE =
            new KeywordTable(
                    List.of(
                            supported("always_true, always_false, wait_end", "", "no pattern"),
                            supported(
                                    "src, dst",
                                    "",
                                    "addresses and networks of IPv4 and IPv6, all four octets"
                                            + " written; no host names"),
                            supported("src_port, dst_port", "", "ports, ranges and operators"),
                            supported(
                                    "req.ssl_sni, req_ssl_sni",
                                    "",
                                    "case never counts, nor does a dot at the end" + TEXT),
                            supported("req.ssl_alpn", "", "any of the protocols" + TEXT),
                            supported(
                                    "req.ssl_hello_type, req_ssl_hello_type",
                                    "",
                                    "1, the ClientHello, alone"),
                            supported(
                                    "req.proto_http, req_proto_http",
                                    "",
                                    "the head of an HTTP/1 request"),
                            supported("req.len, req_len", "", "gt 0 alone"),
                            supported("method", "", "of the first request" + TEXT),
                            supported(
                                    "path, path_beg, path_dir, path_dom, path_end, path_reg,"
                                            + " path_sub, url, url_beg, url_dir, url_dom, url_end,"
                                            + " url_reg, url_sub",
                                    "",
                                    "of the first request" + TEXT),
                            supported(
                                    "hdr, hdr_beg, hdr_dir, hdr_dom, hdr_end, hdr_reg, hdr_sub,"
                                            + " req.hdr",
                                    "",
                                    "(name); any of the values of the first request's fields of"
                                            + " that name"
                                            + TEXT),
                            supported(
                                    "req.fhdr",
                                    "",
                                    "(name); the same, not divided at commas" + TEXT),
                            supported("req.ver, req_ver", "", "of the first request" + TEXT),
                            supported(
                                    "ssl_fc, ssl_fc_has_sni, ssl_fc_has_crt, ssl_c_used",
                                    "",
                                    "of TLS that is taken off; no pattern"),
                            supported(
                                    "ssl_fc_sni, ssl_fc_sni_end, ssl_fc_sni_reg, ssl_fc_alpn,"
                                            + " ssl_fc_protocol",
                                    "",
                                    "of TLS that is taken off" + TEXT),
                            supported(
                                    "ssl_c_s_dn",
                                    "",
                                    "(cn), of the client's certificate, alone" + TEXT),
                            refused(
                                    "ssl_c_verify",
                                    "",
                                    "a certificate that a client shows is good, or the handshake"
                                            + " fails; ask for ssl_c_used"),
                            refused(
                                    "req.ssl_ver, req_ssl_ver, req.ssl_ec_ext, req.ssl_st_ext,"
                                            + " req.payload, req.payload_lv, payload, payload_lv,"
                                            + " req.rdp_cookie, rdp_cookie, req.rdp_cookie_cnt,"
                                            + " rdp_cookie_cnt",
                                    "",
                                    "of the first bytes only the TLS names and protocols and the"
                                            + " head of an HTTP request are read; write another"
                                            + " condition"),
                            refused(
                                    "base, base_beg, base_dir, base_dom, base_end, base_reg,"
                                            + " base_sub, pathq, query, url_param, urlp, cook,"
                                            + " req.cook, hdr_cnt, req.hdr_cnt, hdr_ip, req.hdr_ip,"
                                            + " hdr_val, req.hdr_val, hdr_len, path_len, url_len,"
                                            + " req.body, http_auth, http_first_req",
                                    "",
                                    "of a request only method, path, url, hdr, req.fhdr and"
                                            + " req.ver are looked at; write the condition with"
                                            + " these"),
                            refused(
                                    "src_conn_cur, src_conn_rate, src_sess_rate, sc_conn_cur,"
                                            + " sc_conn_rate, sc_sess_rate, sc0_conn_cur,"
                                            + " sc0_conn_rate, sc0_sess_rate",
                                    "",
                                    "conditions do not look at what is counted by address, but for"
                                            + " 'tcp-request connection reject if { src_conn_cur gt"
                                            + " N }', and the like with gt or ge, below"
                                            + " 'tcp-request connection track-sc0 src'; write it so"
                                            + " without an acl, or remove it"),
                            refused(
                                    "src_conn_cnt, src_http_req_rate, src_bytes_in_rate,"
                                            + " src_get_gpc0, src_inc_gpc0, sc0_http_req_rate,"
                                            + " sc1_conn_rate, sc1_conn_cur, table_cnt",
                                    "",
                                    "conditions do not look at what is counted by address, but for"
                                            + " conn_cur, conn_rate and sess_rate of"
                                            + " 'tcp-request connection track-sc0 src'; remove"
                                            + " it"),
                            refused(
                                    "nbsrv, be_conn, be_sess_rate, fe_conn, fe_sess_rate,"
                                            + " srv_is_up, connslots, queue, avg_queue, so_id,"
                                            + " fe_id, be_id, dst_conn",
                                    "",
                                    "conditions look at the connection, not at the proxy; a"
                                            + " server that is full or down is handled by maxconn,"
                                            + " backup and checks"),
                            refused(
                                    "var, env, rand, date, str, int, bool, proc, nbproc, hostname,"
                                            + " uuid, stopping",
                                    "",
                                    "conditions look at the connection only; remove it")));

    private FetchKeywords() {}
}
