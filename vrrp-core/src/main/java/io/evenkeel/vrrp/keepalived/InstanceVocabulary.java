package io.evenkeel.vrrp.keepalived;

/** The words of a {@code vrrp_instance}. */
final class InstanceVocabulary {
    static final Vocabulary INSTANCE =
            Vocabulary.of("vrrp_instance")
                    .value(
                            "state",
                            "`MASTER` or `BACKUP`. Every router starts as Backup. `MASTER` without a `priority` means priority 255, and it clears `nopreempt` and `preempt_delay`, each with a warning.")
                    .value("interface", "The interface that speaks VRRP.")
                    .value(
                            "virtual_router_id",
                            "1 to 255. Instances of one family on one interface have the same one only where another group, or unicast from another `unicast_src_ip`, tells them apart.")
                    .value(
                            "priority",
                            "1 to 254, or 255 for the owner of the addresses; default 100.")
                    .value(
                            "advert_int",
                            "Seconds; default 1. Version 2: whole seconds, 1 to 255. Version 3: 0.01 to 40.95 in steps of 0.01. Anything else is refused, where keepalived rounds.")
                    .value(
                            "version",
                            "2 or 3; default: `vrrp_version`. With IPv6 addresses it is always 3; a 2 is ignored with a warning.")
                    .block(
                            "authentication",
                            "Version 2 alone; version 3 and `auth_hmac` ignore it with a warning.")
                    .block(
                            "virtual_ipaddress",
                            "The advertised addresses, one per line, all of one family; /32 or /128 unless a prefix is given. Of IPv6 the first link-local one is advertised first; without one a warning says so.")
                    .block(
                            "virtual_ipaddress_excluded",
                            "Addresses that move along and are not advertised, of either family.")
                    .block(
                            "virtual_routes",
                            "Routes that are there while the router is Active, one per line: added after the addresses, removed before them, and put back when they are missing.")
                    .block(
                            "virtual_rules",
                            "Routing rules that are there while the router is Active, one per line: added after the routes and removed before them.")
                    .block("track_script", "The scripts that move the priority, one per line.")
                    .block(
                            "track_file",
                            "The `vrrp_track_file`s that move the priority, one per line.")
                    .block(
                            "track_process",
                            "The `vrrp_track_process`es that move the priority, one per line.")
                    .block(
                            "track_interface",
                            "Interfaces that move the priority, one per line; without a weight one that is down means FAULT.")
                    .value(
                            "mcast_src_ip",
                            "The address that multicast advertisements carry; default: that of the interface.")
                    .value(
                            "mcast_dst_ip",
                            "The multicast group; IPv6 groups are link-local. Default: `vrrp_mcast_group4` or `vrrp_mcast_group6`.")
                    .value(
                            "unicast_src_ip",
                            "The address that advertisements to peers carry; default: that of the interface.")
                    .block(
                            "unicast_peer",
                            "The routers to speak to instead of the multicast group, one per line.")
                    .value("unicast_ttl", "1 to 255, on what is sent to peers; default 255.")
                    .flag("check_unicast_src", "Drops what comes from no peer.")
                    .flag(
                            "unicast_fault_no_peer",
                            "Without a `unicast_peer` the file is refused, where keepalived starts in FAULT.")
                    .either(
                            "old_unicast_checksum",
                            "`never`: version 3 sends the right checksum to peers whatever they send. Otherwise, with the word or without, it starts with the right one and follows the peer that is heard; the word alone is warned about, since keepalived starts with the old one.")
                    .either(
                            "v3_checksum_as_v2",
                            "Version 3 sends the checksum over the message alone, as RFC 9568 says.")
                    .block(
                            "auth_hmac",
                            "Signs and checks advertisements with HMAC-SHA256, as keepalived 2.4 does.")
                    .flag(
                            "native_ipv6",
                            "IPv4 addresses in `virtual_ipaddress` are refused, where keepalived leaves them out.")
                    .either(
                            "lower_prio_no_advert",
                            "A lower router is not answered; default: `vrrp_lower_prio_no_advert`.")
                    .either(
                            "higher_prio_send_advert",
                            "What is always done; `off` is ignored with a warning.")
                    .either(
                            "timer_expired_backup",
                            "With `nopreempt`: an Active that was not run for so long that a peer may have taken over goes on as Backup. The priority behind it is ignored with a warning.")
                    .value(
                            "notify",
                            "A command for every change of state, in quotes if it has arguments; four more are added: INSTANCE, name, state and priority. A user and a group may follow; default: `script_user`.")
                    .value("notify_master", "A command, as in `notify`, for the change to Active.")
                    .value("notify_backup", "A command, as in `notify`, for the change to Backup.")
                    .value("notify_fault", "A command, as in `notify`, for the change to FAULT.")
                    .value("notify_stop", "A command, as in `notify`, for the end.")
                    .either(
                            "notify_deleted",
                            "A command, as in `notify`, for an instance that a reload took out.")
                    .value(
                            "notify_master_rx_lower_pri",
                            "A command, as in `notify`, for an advertisement of a lower router that the Active hears.")
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
                            "Version 2 keeps to the letter of RFC 3768, `no_accept` is the default and nothing is refreshed. Refused with it, where keepalived drops some with a warning: `authentication`, `unicast_peer`, `preempt_delay`, `state MASTER` below priority 255, `accept` in version 2, `lower_prio_no_advert off` in version 2, `higher_prio_send_advert`, `vmac_xmit_base`, `garp_master_refresh`, and IPv6 addresses of which the first is not link-local. Version 3 answers a lower router, as RFC 9568 wants.")
                    .value(
                            "down_timer_adverts",
                            "Intervals of silence until a Backup takes over, 1 to 100; default 3.")
                    .flag(
                            "accept",
                            "The default unless strict: the host accepts packets to its virtual addresses.")
                    .flag(
                            "no_accept",
                            "The host drops packets to its virtual addresses, also those of `virtual_ipaddress_excluded`, unless the priority is 255 or another instance accepts them: by a table of nf_tables that is gone with the process ([why](decisions/accept-mode.md)). Packets that leave it with such an address pass; keepalived drops them too.")
                    .either(
                            "use_vmac",
                            "The addresses are on an interface of their own with the virtual MAC address (macvlan), by which the advertisements leave too. A name for it may follow, perhaps behind the word `name`; default: `vrrp.` and the VRID; where that is taken `vrrp1.` and so on, for IPv6 `vrrp6.` first. A MAC address behind it is refused: it is that of the VRID. `group` and `netlink_notify_msg` are ignored with a warning.")
                    .flag(
                            "vmac_xmit_base",
                            "With `use_vmac`: the advertisements leave by the instance's interface with its MAC address. Always so with `unicast_peer`, of which a warning tells. Advertisements are received by that interface in any case. A keepalived that has it does not hear a router without it ([why](decisions/virtual-mac.md)): set it on both.")
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
                    .ignored("there is no FIFO to write to", "notify_priority_changes")
                    .refused(
                            "the source address is not watched yet; write a vrrp_script that looks for it",
                            "track_src_ip")
                    .refused(
                            "an interface that shares the MAC address of another has no use here; remove it, or write 'use_vmac' for the virtual MAC address",
                            "use_ipvlan")
                    .refused(
                            "an address on another interface has the MAC address of that one; remove it",
                            "use_vmac_addr")
                    .refused("an instance needs an interface; write 'interface'", "vrf")
                    .refused(
                            "an interface that is down always means FAULT; remove it",
                            "dont_track_primary")
                    .refused("BFD is not spoken; remove it", "track_bfd")
                    .refused(
                            "IPVS connections are not synchronized; remove it",
                            "lvs_sync_daemon_interface")
                    .refused(
                            "a virtual router needs an address; write 'virtual_ipaddress'",
                            "no_virtual_ipaddress")
                    .refused(
                            "gratuitous ARPs go out on the interface of each address at a change of state; remove it",
                            "garp_extra_if",
                            "garp_extra_if_vmac")
                    .refused("an owner obeys the protocol; remove it", "owner_ignore_adverts")
                    .build();

    private InstanceVocabulary() {}
}
