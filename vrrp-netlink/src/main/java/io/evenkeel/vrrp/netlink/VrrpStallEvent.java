package io.evenkeel.vrrp.netlink;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A stall of the VRRP thread, for the JDK's flight recorder, which shows what the JVM and the host did at that time. */
@Name("io.evenkeel.VrrpStall")
@Label("VRRP Stall")
@Category({"Evenkeel", "VRRP"})
@Description(
        "The VRRP thread ran at least 10 ms after its deadline; a peer takes over when this reaches its Active_Down_Interval")
@StackTrace(false)
final class VrrpStallEvent extends Event {
    @Label("Lateness")
    @Description("From the deadline until the thread ran")
    @Timespan
    long lateness;

    @Label("Round Duration")
    @Description(
            "How long the thread had worked before it waited for this deadline: a lateness that it explains is not the scheduler's")
    @Timespan
    long round;
}
