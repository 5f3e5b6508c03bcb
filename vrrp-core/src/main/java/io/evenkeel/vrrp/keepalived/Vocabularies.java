package io.evenkeel.vrrp.keepalived;

import java.util.List;

/** The top level's words, those of the small blocks, and all vocabularies together. */
final class Vocabularies {
    static final Vocabulary TOP =
            Vocabulary.of("the top level")
                    .block("global_defs", "Settings for all instances.")
                    .namedBlock(
                            "vrrp_script",
                            "A command whose exit status moves the priority of the instances that track it.")
                    .namedBlock("vrrp_instance", "One virtual router.")
                    .namedBlock(
                            "vrrp_sync_group",
                            "Instances that are Active on one host together. A group of one is left out with a warning; an empty one, unknown members and members of two groups are refused.")
                    .namedBlock(
                            "vrrp_track_process",
                            "A program whose processes move the priority of the instances that track it.")
                    .namedBlock(
                            "vrrp_track_file",
                            "A file whose number moves the priority of the instances that track it.")
                    .namedBlock("track_file", "The same as `vrrp_track_file`.")
                    .block(
                            "static_ipaddress",
                            "Addresses that are there before the instances, which may send from them, and never move, written as in `virtual_ipaddress`.")
                    .block(
                            "static_routes",
                            "Routes that are added at the start and never move, written as in `virtual_routes`. The end takes them off, where keepalived leaves them.")
                    .block(
                            "static_rules",
                            "Rules that are added at the start and never move, written as in `virtual_rules`. The end takes them off, where keepalived leaves them.")
                    .block(
                            "interface_up_down_delays",
                            "One interface per line: the seconds, 0 to 255, that its link has to be down until it counts as down, and those until it counts as up; one number is both. One that is deleted or renamed is down at once. keepalived shortens what is longer than its peers wait.")
                    .ignored(
                            "the link state always comes from netlink",
                            "linkbeat_interfaces",
                            "linkbeat_use_polling")
                    .ignored("gratuitous ARPs are not paced", "garp_group")
                    .ignored(
                            "it names files and processes of keepalived's",
                            "child_wait_time",
                            "instance",
                            "namespace_with_ipsets",
                            "net_namespace_ipvs",
                            "use_pid_dir")
                    .refused(
                            "the launcher runs in the network namespace it is started in; start it with 'ip netns exec'",
                            "net_namespace")
                    .refused("BFD is not spoken; remove it", "bfd_instance")
                    .refused("static addresses are not tracked; remove it", "track_group")
                    .refused(
                            "there is no IPVS; balance with a frontend and a backend in haproxy.cfg",
                            "SSL",
                            "virtual_server",
                            "virtual_server_group")
                    .build();

    static final Vocabulary SCRIPT =
            Vocabulary.of("vrrp_script")
                    .value(
                            "script",
                            "The command. It is split at blanks, quotes keep an argument together, and no shell is involved.")
                    .value("interval", "Whole seconds between runs, 1 to 4294; default 1.")
                    .value(
                            "timeout",
                            "Whole seconds after which a run has failed; default, and for 0, the interval.")
                    .value(
                            "weight",
                            "-253 to 253, perhaps with `reverse`; default 0, which is fatal: FAULT while the script fails, and until it has run once.")
                    .value(
                            "rise",
                            "Successes in a row until it is up again; default 1. The first run decides alone.")
                    .value("fall", "Failures in a row until it has failed; default 1.")
                    .flag("init_fail", "Counts as failed until it has succeeded `rise` times.")
                    .value(
                            "user",
                            "The user to run it as, and perhaps the group; default: `script_user`.")
                    .build();

    static final Vocabulary AUTHENTICATION =
            Vocabulary.of("authentication")
                    .value("auth_type", "PASS. AH is refused.")
                    .value(
                            "auth_pass",
                            "The password, in which `'` and `\\` are characters as any other; `\"...\"` keeps a blank or `#` in it. What follows the 8th byte is cut off with a warning, as keepalived does.")
                    .build();

    static final Vocabulary ADDRESS =
            Vocabulary.of("an address")
                    .value(
                            "dev",
                            "The interface that carries the address; default: that of the instance.")
                    .value("label", "The label that `ip address` shows, at most 15 characters.")
                    .value("brd", "The broadcast address; `+` and `-` set and clear the host bits.")
                    .value("broadcast", "The same as `brd`.")
                    .value(
                            "scope",
                            "`global`, `site`, `link`, `host`, `nowhere` or 0 to 255; default global. Linux finds that of an IPv6 address by itself, of which a warning says so.")
                    .flag("noprefixroute", "The kernel adds no route to the prefix.")
                    .value(
                            "peer",
                            "The other end of a point-to-point link, perhaps with the prefix length, which is then its.")
                    .value(
                            "preferred_lft",
                            "`forever`, or 0: the host answers on the address and does not choose it for what it begins itself, which is the default of an IPv6 address with /128. Other seconds count as `forever`, of which a warning says so.")
                    .ignored("duplicate address detection is always off for it", "-nodad")
                    .ignored(
                            "it concerns mobile and temporary IPv6 addresses", "home", "mngtmpaddr")
                    .ignored("a deleted address is always noticed", "no_track")
                    .refused(
                            "the kernel joins no multicast group for an address; remove it",
                            "autojoin")
                    .refused(
                            "an address has the MAC address of the interface that it is on; write 'use_vmac' for the instance",
                            "use_vmac")
                    .refused("addresses are not tracked in groups; remove it", "track_group")
                    .build();

    static final Vocabulary TRACKED =
            Vocabulary.of("a tracked source")
                    .value(
                            "weight",
                            "-253 to 253, for files and processes -254 to 254; default: that of what is tracked, for an interface 0.")
                    .flag(
                            "reverse",
                            "After a weight: up and failed change their parts, and the number of a file its sign.")
                    .flag("noreverse", "After a weight: not, even if what is tracked says so.")
                    .flag("no_reverse", "The same as `noreverse`.")
                    .build();

    static final Vocabulary SYNC_GROUP =
            Vocabulary.of("vrrp_sync_group")
                    .block("group", "The names of the instances, one per line.")
                    .block("track_script", "Scripts that every member tracks.")
                    .block("track_file", "Files that every member tracks.")
                    .block("track_process", "Processes that every member tracks.")
                    .block("track_interface", "Interfaces that every member tracks.")
                    .flag(
                            "sync_group_tracking_weight",
                            "Members keep what they track with a weight of their own; otherwise that is left out with a warning, as with keepalived.")
                    .value("notify", "As in `vrrp_instance`; the first argument added is GROUP.")
                    .value("notify_master", "As in `vrrp_instance`.")
                    .value("notify_backup", "As in `vrrp_instance`.")
                    .value("notify_fault", "As in `vrrp_instance`.")
                    .value("notify_stop", "As in `vrrp_instance`.")
                    .either("notify_deleted", "As in `vrrp_instance`.")
                    .ignored(
                            "a member that fails takes the group along without it; write track_ blocks in the group for weights",
                            "global_tracking")
                    .ignored("no e-mail is sent", "smtp_alert")
                    .ignored("there is no FIFO to write to", "notify_priority_changes")
                    .refused("BFD is not spoken; remove it", "track_bfd")
                    .build();

    static final Vocabulary TRACK_FILE =
            Vocabulary.of("vrrp_track_file")
                    .value("file", "The path. The file holds one whole number.")
                    .value(
                            "weight",
                            "-254 to 254, perhaps with `reverse`; default 1. The number times the weight is added to the priority, -254 or less means FAULT. With 0 every number but 0 means FAULT.")
                    .either(
                            "init_file",
                            "A number, 0 if there is none, that is written at the start where there is no file, with `overwrite` in any case.")
                    .build();

    static final Vocabulary TRACK_PROCESS =
            Vocabulary.of("vrrp_track_process")
                    .value(
                            "process",
                            "The program and perhaps its arguments. Without arguments, `param_match` and `full_command` it is the process name.")
                    .value(
                            "param_match",
                            "`initial`: the last argument may be longer. `partial`: further arguments may follow. Without arguments: the process has none.")
                    .value(
                            "weight",
                            "-254 to 254, perhaps with `reverse`; default 0, which is fatal.")
                    .value("quorum", "The fewest processes that are up, 1 to 65535; default 1.")
                    .value("quorum_max", "The most, 0 to 65535; default: any number.")
                    .value(
                            "fork_delay",
                            "Seconds until a number that became right counts, 0 to 3600.")
                    .value(
                            "terminate_delay",
                            "Seconds until a number that became wrong counts, 0 to 3600.")
                    .value("delay", "Both.")
                    .flag(
                            "full_command",
                            "Compares the whole command line rather than the process name.")
                    .build();

    static final Vocabulary UNICAST_PEER =
            Vocabulary.of("unicast_peer")
                    .value(
                            "min_ttl",
                            "The lowest TTL or hop limit that is taken, 0 to 255. Turns on `check_unicast_src`.")
                    .value("max_ttl", "The highest one. Turns on `check_unicast_src`.")
                    .build();

    static final Vocabulary AUTH_HMAC =
            Vocabulary.of("auth_hmac")
                    .value(
                            "key",
                            "1 to 255 and 32 to 64 bytes: `hex:` and two digits for each, the characters themselves, or `file:` and the path of a file that holds either.")
                    .value("active_key", "The key to sign with; needed where there are several.")
                    .value("anti_replay", "`time` or `monotonic`; default `time`.")
                    .value(
                            "time_window",
                            "Whole seconds, 1 to 300; default three intervals, at least 5.")
                    .value("mode", "`enforce`, `permissive` or `receive-only`; default `enforce`.")
                    .build();

    /** All of them, in the order of the documentation. */
    static final List<Vocabulary> ALL =
            List.of(
                    TOP,
                    GlobalVocabulary.GLOBAL_DEFS,
                    SCRIPT,
                    TRACK_PROCESS,
                    TRACK_FILE,
                    SYNC_GROUP,
                    InstanceVocabulary.INSTANCE,
                    AUTHENTICATION,
                    AUTH_HMAC,
                    UNICAST_PEER,
                    ADDRESS,
                    RouteVocabulary.ROUTE,
                    RouteVocabulary.RULE,
                    TRACKED);

    private Vocabularies() {}
}
