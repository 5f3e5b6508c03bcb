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
                    .refused(
                            "instances change state on their own; leave the group out only where that is acceptable",
                            "vrrp_sync_group")
                    .refused(
                            "write a vrrp_script that looks at the file",
                            "track_file",
                            "vrrp_track_file")
                    .refused("write a vrrp_script that looks for the process", "vrrp_track_process")
                    .refused("BFD is not spoken; remove it", "bfd_instance")
                    .refused(
                            "addresses, routes and rules that do not move belong into the host's network"
                                    + " configuration",
                            "static_ipaddress",
                            "static_routes",
                            "static_rules",
                            "track_group")
                    .refused(
                            "changes of the link count at once; remove it, or debounce in the driver",
                            "interface_up_down_delays")
                    .refused(
                            "there is no IPVS; balance with a frontend and a backend in haproxy.cfg",
                            "SSL",
                            "virtual_server",
                            "virtual_server_group")
                    .refused(
                            "copy the included lines into this file",
                            "include",
                            "includea",
                            "includeb",
                            "include_check",
                            "includem",
                            "includer",
                            "includew")
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
                            "-253 to 253; default 0, which is fatal: FAULT while the script fails.")
                    .value("rise", "Successes in a row until it is up; default 1.")
                    .value("fall", "Failures in a row until it has failed; default 1.")
                    .flag("init_fail", "Counts as failed until it has succeeded `rise` times.")
                    .ignored("scripts run as the user that runs Evenkeel", "user")
                    .build();

    static final Vocabulary AUTHENTICATION =
            Vocabulary.of("authentication")
                    .value("auth_type", "PASS. AH is refused.")
                    .value(
                            "auth_pass",
                            "The password. What follows the 8th byte is cut off with a warning, as keepalived does.")
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
                            "`global`. Other scopes are ignored with a warning: the address is added as global.")
                    .ignored("it concerns IPv6 alone", "-nodad", "home", "mngtmpaddr")
                    .ignored("the address never becomes deprecated", "preferred_lft")
                    .ignored("a deleted address is always noticed", "no_track")
                    .refused(
                            "the kernel joins no multicast group for an address; remove it",
                            "autojoin")
                    .refused(
                            "the kernel adds the route of the prefix; use /32 to have none",
                            "noprefixroute")
                    .refused("point-to-point addresses are not added; remove it", "peer")
                    .refused("addresses are added to the interface itself; remove it", "use_vmac")
                    .refused("it is for static addresses alone", "track_group")
                    .build();

    static final Vocabulary TRACKED_SCRIPT =
            Vocabulary.of("track_script")
                    .value("weight", "-253 to 253; default: the weight of the `vrrp_script`.")
                    .flag("noreverse", "The default.")
                    .flag("no_reverse", "The default.")
                    .refused("turn the sign of the exit status around in the script", "reverse")
                    .build();

    /** All of them, in the order of the documentation. */
    static final List<Vocabulary> ALL =
            List.of(
                    TOP,
                    GlobalVocabulary.GLOBAL_DEFS,
                    SCRIPT,
                    InstanceVocabulary.INSTANCE,
                    AUTHENTICATION,
                    ADDRESS,
                    TRACKED_SCRIPT);

    private Vocabularies() {}
}
