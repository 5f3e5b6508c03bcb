package io.evenkeel.vrrp.keepalived;

/** Numbers the rules that have no priority, in the order of the file, as keepalived does. */
final class RuleNumbers {
    private static final int FIRST = 16_384;

    private int nextIpv4 = FIRST;
    private int nextIpv6 = FIRST;

    int next(boolean ipv4) {
        return ipv4 ? nextIpv4-- : nextIpv6--;
    }
}
