package io.evenkeel.benchmarks.failover;

/**
 * The virtual routers of a measurement, VRRPv3 over IPv4 multicast: VRID n owns 10.80.1.n.
 *
 * @param count 1 to 255
 * @param intervalMillis between advertisements
 */
record Routers(int count, int intervalMillis) {
    private static final int ACTIVE_PRIORITY = 100;
    private static final int BACKUP_PRIORITY = 90;

    /** The address of the first. */
    static final String VIP = address(1);

    static String address(int vrid) {
        return "10.80.1." + vrid;
    }

    /** Active_Down_Interval of the Backup in milliseconds (RFC 9568, section 6.1). */
    double activeDownMillis() {
        return intervalMillis * (3 + (256 - BACKUP_PRIORITY) / 256.0);
    }

    /** The lease of the Active's addresses, which is its own Active_Down_Interval in whole seconds, at least 2. */
    int leaseSeconds() {
        double activeDown = intervalMillis * (3 + (256 - ACTIVE_PRIORITY) / 256.0);
        return Math.max(2, (int) (activeDown / 1_000));
    }

    /** The keepalived.conf of host 1, which is to be Active, or of host 2, its Backup. */
    String configuration(int host) {
        StringBuilder text =
                new StringBuilder("global_defs {\n    router_id host" + host + "\n}\n");
        for (int vrid = 1; vrid <= count; vrid++) {
            text.append(
                    """
                    vrrp_instance VI_%d {
                        state BACKUP
                        interface eth0
                        version 3
                        virtual_router_id %d
                        priority %d
                        advert_int %s
                        virtual_ipaddress {
                            %s
                        }
                    }
                    """
                            .formatted(
                                    vrid,
                                    vrid,
                                    host == 1 ? ACTIVE_PRIORITY : BACKUP_PRIORITY,
                                    intervalMillis / 1_000.0,
                                    address(vrid)));
        }
        return text.toString();
    }
}
