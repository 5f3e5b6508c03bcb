package io.evenkeel.vrrp.keepalived;

/** The words of {@code global_defs}. */
final class GlobalVocabulary {
    static final Vocabulary GLOBAL_DEFS =
            Vocabulary.of("global_defs")
                    .value(
                            "script_user",
                            "The user, and perhaps the group, that scripts run as unless they say otherwise. It takes root and `setpriv`; without root they run as the user that runs Evenkeel. Default: that one, where keepalived takes `keepalived_script` if there is such a user.")
                    .flag(
                            "enable_script_security",
                            "A script that would run as root and that others than root can change is refused at the start.")
                    .value("router_id", "The name of the host in e-mails; read and not used.")
                    .value(
                            "vrrp_version",
                            "2 or 3, for IPv4 instances without `version`; default 2.")
                    .value("vrrp_garp_master_delay", "Default of `garp_master_delay`.")
                    .value("vrrp_garp_master_repeat", "Default of `garp_master_repeat`.")
                    .value("vrrp_garp_master_refresh", "Default of `garp_master_refresh`.")
                    .value(
                            "vrrp_garp_master_refresh_repeat",
                            "Default of `garp_master_refresh_repeat`.")
                    .value("vrrp_garp_lower_prio_delay", "Default of `garp_lower_prio_delay`.")
                    .value("vrrp_garp_lower_prio_repeat", "Default of `garp_lower_prio_repeat`.")
                    .either(
                            "vrrp_min_garp",
                            "One gratuitous ARP, no second burst and no refresh, unless set otherwise.")
                    .either("vrrp_strict", "Default of `strict_mode`.")
                    .value(
                            "vrrp_startup_delay",
                            "Seconds between the start and the moment the instances begin to listen, 0 to 86400.")
                    .value(
                            "vrrp_mcast_group4",
                            "Default of `mcast_dst_ip` for IPv4; 224.0.0.18 unless set.")
                    .value(
                            "vrrp_mcast_group6",
                            "Default of `mcast_dst_ip` for IPv6; ff02::12 unless set.")
                    .value("vrrp_down_timer_adverts", "Default of `down_timer_adverts`.")
                    .flag("vrrp_check_unicast_src", "Default of `check_unicast_src`.")
                    .either("vrrp_lower_prio_no_advert", "Default of `lower_prio_no_advert`.")
                    .either(
                            "vrrp_higher_prio_send_advert",
                            "What is always done; `off` is ignored with a warning.")
                    .either("v3_checksum_as_v2", "Default of the instances' `v3_checksum_as_v2`.")
                    .value(
                            "default_interface",
                            "The interface of static addresses that name none; default eth0.")
                    .value(
                            "vrrp_rt_priority",
                            "1 to 99: the VRRP thread runs under SCHED_FIFO with this priority; keepalived's process under SCHED_RR.")
                    .flag(
                            "vrrp_no_swap",
                            "Locks the memory of the JVM, all of it, where keepalived locks that of its VRRP process.")
                    .value(
                            "vmac_prefix",
                            "What the default names of `use_vmac` begin with; default `vrrp`.")
                    .either(
                            "include_check",
                            "`readable`, `match`, `wildcard_match`, `brace_match`, each perhaps with `+` or `-`; none means all. Holds for the includes that follow, to the end of the file.")
                    .ignored(
                            "no e-mail is sent",
                            "no_checker_emails",
                            "no_email_faults",
                            "notification_email",
                            "notification_email_from",
                            "smtp_alert",
                            "smtp_alert_checker",
                            "smtp_alert_vrrp",
                            "smtp_connect_timeout",
                            "smtp_helo_name",
                            "smtp_server")
                    .ignored(
                            "a script always has the groups of its user",
                            "set_supplementary_groups")
                    .ignored(
                            "symbolic links are followed where the rights of script files are checked",
                            "use_symlink_paths")
                    .ignored(
                            "gratuitous ARPs are not paced",
                            "vrrp_garp_interval",
                            "vrrp_gna_interval")
                    .ignored(
                            "the addresses are compared in every advertisement",
                            "vrrp_skip_check_adv_addr")
                    .ignored(
                            "there is no FIFO to write to",
                            "fifo_write_vrrp_states_on_reload",
                            "vrrp_notify_priority_changes")
                    .ignored(
                            "virtual router identifiers of others are noticed without it",
                            "log_unknown_vrids")
                    .ignored(
                            "an interface that is missing at the start is an error, and one that goes means FAULT",
                            "dynamic_interfaces")
                    .ignored("duplicates are always refused", "check_vrid_conflicts")
                    .ignored(
                            "what no_accept drops is dropped by a table of nf_tables named evenkeel, with counters",
                            "nftables",
                            "nftables_counters",
                            "nftables_ifindex",
                            "nftables_priority",
                            "vrrp_ipsets",
                            "vrrp_iptables")
                    .ignored(
                            "no report of a membership leaves with a virtual MAC address",
                            "disable_local_igmp")
                    .ignored(
                            "no address has a virtual MAC interface of its own", "vmac_addr_prefix")
                    .ignored(
                            "there is no IPVS",
                            "nftables_ipvs",
                            "nftables_ipvs_priority",
                            "nftables_ipvs_start_fwmark",
                            "checker_log_all_failures",
                            "lvs_flush",
                            "lvs_flush_on_stop",
                            "lvs_flush_onstop",
                            "lvs_netlink_cmd_rcv_bufs",
                            "lvs_netlink_cmd_rcv_bufs_force",
                            "lvs_netlink_monitor_rcv_bufs",
                            "lvs_netlink_monitor_rcv_bufs_force",
                            "lvs_timeouts",
                            "net_namespace_ipvs",
                            "rs_init_notifies")
                    .ignored(
                            "it tunes keepalived's processes; the JVM is tuned on its own command line",
                            "bfd_cpu_affinity",
                            "bfd_no_swap",
                            "bfd_priority",
                            "bfd_process_name",
                            "bfd_rlimit_rtime",
                            "bfd_rlimit_rttime",
                            "bfd_rt_priority",
                            "checker_cpu_affinity",
                            "checker_no_swap",
                            "checker_priority",
                            "checker_process_name",
                            "checker_rlimit_rtime",
                            "checker_rlimit_rttime",
                            "checker_rt_priority",
                            "child_wait_time",
                            "lvs_process_name",
                            "max_auto_priority",
                            "min_auto_priority_delay",
                            "process_monitor_rcv_bufs",
                            "process_monitor_rcv_bufs_force",
                            "process_name",
                            "process_names",
                            "umask",
                            "vrrp_cpu_affinity",
                            "vrrp_netlink_cmd_rcv_bufs",
                            "vrrp_netlink_cmd_rcv_bufs_force",
                            "vrrp_netlink_monitor_rcv_bufs",
                            "vrrp_netlink_monitor_rcv_bufs_force",
                            "vrrp_priority",
                            "vrrp_process_name",
                            "vrrp_rlimit_rtime",
                            "vrrp_rlimit_rttime",
                            "vrrp_rx_bufs_multiplier",
                            "vrrp_rx_bufs_policy")
                    .ignored(
                            "it names files of keepalived's",
                            "config_save_dir",
                            "data_use_instance",
                            "instance",
                            "iproute_etc_dir",
                            "iproute_usr_dir",
                            "json_file_location",
                            "json_version",
                            "reload_check_config",
                            "reload_file",
                            "state_file_location",
                            "stats_file_location",
                            "tmp_config_directory",
                            "use_pid_dir")
                    .ignored("the link state always comes from netlink", "linkbeat_use_polling")
                    .ignored(
                            "`${_RANDOM}` is not supported, so that nothing is random",
                            "random_seed")
                    .ignored(
                            "neither SNMP nor D-Bus is spoken",
                            "dbus_no_interface_name",
                            "dbus_service_name",
                            "enable_dbus",
                            "enable_snmp_checker",
                            "enable_snmp_keepalived",
                            "enable_snmp_rfc",
                            "enable_snmp_rfcv2",
                            "enable_snmp_rfcv3",
                            "enable_snmp_vrrp",
                            "enable_traps",
                            "snmp_rs_stats_update_interval",
                            "snmp_socket",
                            "snmp_vs_stats_update_interval")
                    .refused(
                            "a reload is never scheduled; remove it",
                            "reload_repeat",
                            "reload_time_file")
                    .refused(
                            "no script is run at the start or the end; run it from the service manager",
                            "shutdown_script",
                            "shutdown_script_timeout",
                            "startup_script",
                            "startup_script_timeout")
                    .refused(
                            "no FIFO is written; listen for the event in the application, and remove it",
                            "lvs_notify_fifo",
                            "lvs_notify_fifo_script",
                            "notify_fifo",
                            "notify_fifo_script",
                            "vrrp_notify_fifo",
                            "vrrp_notify_fifo_script")
                    .refused(
                            "the launcher runs in the network namespace it is started in; start it with 'ip netns exec'",
                            "net_namespace")
                    .refused("IPVS connections are not synchronized; remove it", "lvs_sync_daemon")
                    .refused(
                            "gratuitous ARPs go out on the interface of each address at a change of state; remove it",
                            "vrrp_garp_extra_if",
                            "vrrp_vmac_garp_intvl")
                    .refused(
                            "the delay starts with the process; use vrrp_startup_delay",
                            "vrrp_delay_after_boot")
                    .build();

    private GlobalVocabulary() {}
}
