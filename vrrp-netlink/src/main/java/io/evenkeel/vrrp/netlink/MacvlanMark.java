package io.evenkeel.vrrp.netlink;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The alias that makes a macvlan known as Evenkeel's, also to the process after one that was killed. It remembers how the parent was
 * set before, so that whoever removes the last macvlan of the parent can restore that.
 *
 * @param virtualRouterId the VRID, for people
 * @param parent the name of the parent, for people
 * @param arpIgnore what the parent's {@code arp_ignore} was before
 * @param arpAnnounce what the parent's {@code arp_announce} was before
 */
record MacvlanMark(int virtualRouterId, String parent, int arpIgnore, int arpAnnounce) {
    private static final Pattern TEXT =
            Pattern.compile(
                    "Evenkeel VRID (\\d{1,3}); (\\S+) had arp_ignore (\\d), arp_announce (\\d)");

    String text() {
        return "Evenkeel VRID "
                + virtualRouterId
                + "; "
                + parent
                + " had arp_ignore "
                + arpIgnore
                + ", arp_announce "
                + arpAnnounce;
    }

    /** The mark that an alias is, null if it is none. */
    static @Nullable MacvlanMark parse(String alias) {
        Matcher matcher = TEXT.matcher(alias);
        return matcher.matches()
                ? new MacvlanMark(
                        Integer.parseInt(matcher.group(1)),
                        matcher.group(2),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)))
                : null;
    }

    /** The mark of an interface, null if it is not Evenkeel's. */
    static @Nullable MacvlanMark of(LinkSettings link) {
        return link.isMacvlan() ? parse(link.alias()) : null;
    }
}
