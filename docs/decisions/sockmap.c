/*
 * A relay that leaves the bytes to the kernel, for the measurement in kernel-relay.md; no part of Evenkeel.
 * Accepts on 127.0.0.1, takes the first request, connects to one of two servers in turn, and has a BPF program send
 * what either side receives to the other. Closes nothing, and ends with Ctrl-C.
 *
 *   gcc -O2 -o sockmap sockmap.c && ./sockmap PORT SERVER_PORT SERVER_PORT      needs root; tried on Linux 6.18
 */
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(int command, union bpf_attr *attributes)
{
    int result = syscall(SYS_bpf, command, attributes, sizeof *attributes);
    if (result < 0) {
        perror("bpf");
        exit(1);
    }
    return result;
}

static int make_map(void)
{
    union bpf_attr a = {0};
    a.map_type = BPF_MAP_TYPE_SOCKHASH;
    a.key_size = sizeof(uint64_t);
    a.value_size = sizeof(int);
    a.max_entries = 8192;
    return bpf(BPF_MAP_CREATE, &a);
}

/* To the socket that the map has for the cookie of the one that received. */
static void attach_program(int map)
{
    struct bpf_insn program[] = {
        {.code = 0xbf, .dst_reg = 6, .src_reg = 1},                      /* r6 = skb */
        {.code = 0x85, .imm = BPF_FUNC_get_socket_cookie},               /* r0 = cookie(skb) */
        {.code = 0x7b, .dst_reg = 10, .src_reg = 0, .off = -8},          /* key = r0 */
        {.code = 0xbf, .dst_reg = 1, .src_reg = 6},
        {.code = 0x18, .dst_reg = 2, .src_reg = BPF_PSEUDO_MAP_FD, .imm = map}, {0},
        {.code = 0xbf, .dst_reg = 3, .src_reg = 10},
        {.code = 0x07, .dst_reg = 3, .imm = -8},                         /* r3 = &key */
        {.code = 0xb7, .dst_reg = 4, .imm = 0},
        {.code = 0x85, .imm = BPF_FUNC_sk_redirect_hash},
        {.code = 0x95},
    };
    union bpf_attr a = {0};
    a.prog_type = BPF_PROG_TYPE_SK_SKB;
    a.insns = (uintptr_t) program;
    a.insn_cnt = sizeof program / sizeof *program;
    a.license = (uintptr_t) "Apache-2.0";
    int loaded = bpf(BPF_PROG_LOAD, &a);
    memset(&a, 0, sizeof a);
    a.target_fd = map;
    a.attach_bpf_fd = loaded;
    a.attach_type = BPF_SK_SKB_STREAM_VERDICT;
    bpf(BPF_PROG_ATTACH, &a);
}

static void join(int map, int from, int to)
{
    uint64_t cookie;
    socklen_t size = sizeof cookie;
    getsockopt(from, SOL_SOCKET, SO_COOKIE, &cookie, &size);
    union bpf_attr a = {0};
    a.map_fd = map;
    a.key = (uintptr_t) &cookie;
    a.value = (uintptr_t) &to;
    bpf(BPF_MAP_UPDATE_ELEM, &a);
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: sockmap PORT SERVER_PORT SERVER_PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int map = make_map();
    attach_program(map);
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (void *) &address, sizeof address) || listen(listener, 4096)) {
        perror("listen");
        return 1;
    }
    for (unsigned turn = 0;; turn++) {
        char first[65536];
        int client = accept(listener, NULL, NULL), server = socket(AF_INET, SOCK_STREAM, 0);
        address.sin_port = htons(atoi(arguments[2 + turn % 2]));
        int n = connect(server, (void *) &address, sizeof address) ? 0 : recv(client, first, sizeof first, 0);
        if (n <= 0) {
            close(client);
            close(server);
            continue;
        }
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        join(map, client, server);
        join(map, server, client);
        if (send(server, first, n, 0) != n) {
            perror("send");
        }
    }
}
