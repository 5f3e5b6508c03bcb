package io.evenkeel.vrrp.keepalived;

/** The words of a {@code vrrp_instance}. */
final class InstanceVocabulary {
    static final Vocabulary INSTANCE =
            Vocabulary.of("vrrp_instance")
                    .value(
                            "state",
                            "`MASTER` or `BACKUP`. Every router starts as Backup. `MASTER` without a `priority` means priority 255, and it clears `nopreempt` and `preempt_delay`, each with a warning.")
                    .value("interface", "The interface that speaks VRRP.")
                    .value("virtual_router_id", "1 to 255.")
                    .value(
                            "priority",
                            "1 to 254, or 255 for the owner of the addresses; default 100.")
                    .value(
                            "advert_int",
                            "Seconds; default 1. Version 2: whole seconds, 1 to 255. Version 3: 0.01 to 40.95 in steps of 0.01. Anything else is refused, where keepalived rounds.")
                    .value("version", "2 or 3; default: `vrrp_version`.")
                    .block(
                            "authentication",
                            "Version 2 alone; version 3 ignores it with a warning.")
                    .block(
                            "virtual_ipaddress",
                            "The advertised addresses, one per line; /32 unless a prefix is given. IPv4 only.")
                    .block(
                            "virtual_ipaddress_excluded",
                            "Addresses that move along and are not advertised. IPv4 only.")
                    .block("track_script", "The scripts that move the priority, one per line.")
                    .flag(
                            "nopreempt",
                            "Takes over only from an Active that is silent or releases the addresses.")
                    .flag("preempt", "The default.")
                    .value("preempt_delay", "Seconds, 0 to 1000.")
                    .value(
                            "garp_master_delay",
                            "Whole seconds to the second burst of gratuitous ARPs, 0 for none; default 5.")
                    .value(
                            "garp_master_repeat",
                            "Gratuitous ARPs per address in a burst, 1 to 100; default 5.")
                    .value(
                            "garp_master_refresh",
                            "Whole seconds between periodic gratuitous ARPs, 0 for none; default 5, where keepalived has 0.")
                    .value("garp_master_refresh_repeat", "How many each time, 1 to 100; default 1.")
                    .value(
                            "garp_lower_prio_delay",
                            "As `garp_master_delay`, after an advertisement of a lower router; default: the same.")
                    .value(
                            "garp_lower_prio_repeat",
                            "As `garp_master_repeat`, 0 to 100, after an advertisement of a lower router; default: the same.")
                    .either(
                            "strict_mode",
                            "Version 2 keeps to the letter of RFC 3768 in its receive checks. keepalived's other strict refusals are not made.")
                    .value("down_timer_adverts", "3. Other values are refused.")
                    .flag(
                            "accept",
                            "The default: the host accepts packets to its virtual addresses.")
                    .ignored(
                            "packets to the virtual addresses are accepted; filter them in the firewall",
                            "no_accept")
                    .ignored("no e-mail is sent", "smtp_alert")
                    .ignored("the link state always comes from netlink", "linkbeat_use_polling")
                    .ignored("the level of detail is set where the log is configured", "debug")
                    .ignored(
                            "the addresses are compared in every advertisement",
                            "skip_check_adv_addr")
                    .ignored(
                            "the kernel's setting of the interface is left as it is",
                            "promote_secondaries")
                    .ignored(
                            "the size of the receive buffer is chosen by Evenkeel",
                            "kernel_rx_buf_size")
                    .ignored(
                            "a lower router is always answered at once, which ends a split",
                            "lower_prio_no_advert")
                    .ignored(
                            "the loser of an election releases the addresses without a last advertisement",
                            "higher_prio_send_advert")
                    .ignored("there is no FIFO to write to", "notify_priority_changes")
                    .ignored(
                            "it concerns unicast alone",
                            "check_unicast_src",
                            "old_unicast_checksum",
                            "unicast_fault_no_peer",
                            "unicast_ttl")
                    .refused(
                            "only multicast is spoken; remove it where the LAN carries multicast",
                            "unicast_peer",
                            "unicast_src_ip")
                    .refused(
                            "advertisements carry the primary address of the interface; remove it",
                            "mcast_src_ip",
                            "track_src_ip")
                    .refused(
                            "advertisements go to 224.0.0.18; remove it on every router",
                            "mcast_dst_ip")
                    .refused(
                            "addresses are added to the interface itself and keep its MAC address; remove it",
                            "use_ipvlan",
                            "use_vmac",
                            "use_vmac_addr",
                            "vmac_xmit_base")
                    .refused("only IPv4 is spoken; remove it", "native_ipv6")
                    .refused("an instance needs an interface; write 'interface'", "vrf")
                    .refused(
                            "an interface that is down always means FAULT; remove it",
                            "dont_track_primary")
                    .refused(
                            "only the instance's own interface is watched; write a vrrp_script that looks at the other one",
                            "track_interface")
                    .refused("write a vrrp_script that looks at the file", "track_file")
                    .refused("write a vrrp_script that looks for the process", "track_process")
                    .refused("BFD is not spoken; remove it", "track_bfd")
                    .refused(
                            "no script is run on a change of state; listen for the event in the application, and remove it",
                            "notify",
                            "notify_backup",
                            "notify_deleted",
                            "notify_fault",
                            "notify_master",
                            "notify_master_rx_lower_pri",
                            "notify_stop")
                    .refused(
                            "routes and rules do not move with the address; put them into the host's network configuration",
                            "virtual_routes",
                            "virtual_rules")
                    .refused(
                            "a virtual router needs an address; write 'virtual_ipaddress'",
                            "no_virtual_ipaddress")
                    .refused(
                            "gratuitous ARPs go out on the interface of each address at a change of state; remove it",
                            "garp_extra_if",
                            "garp_extra_if_vmac")
                    .refused(
                            "advertisements are not signed; remove it on every router", "auth_hmac")
                    .refused(
                            "the checksum of version 3 includes the pseudo-header (RFC 9568, section 5.2.8); remove it on every router",
                            "v3_checksum_as_v2")
                    .refused("an owner obeys the protocol; remove it", "owner_ignore_adverts")
                    .build();

    private InstanceVocabulary() {}
}
