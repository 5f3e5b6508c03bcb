package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.netlink.HostFinding.Severity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** What a kernel may answer to a batch, and what is made of it. */
class FilterTableTest {
    private static final Map<FilterEntry, String> ONE =
            Map.of(new FilterEntry(IpAddress.parse("10.9.0.100"), ""), "VI_1");

    private final Kernel kernel = new Kernel();
    private final FilterTable table = new FilterTable(kernel);

    @Test
    void aBatchIsDoneWhenItsLastRequestIs() {
        assertEquals(0, table.make("evenkeel", ONE));
        assertEquals(0, table.replace(Map.of()));
        assertEquals(
                List.of(
                        "begin, newtable, newset, newset, newset, newchain, newrule, newrule, newrule, newrule, newrule, newsetelem, end",
                        "begin, newtable, deltable, end"),
                kernel.batches);
    }

    @Test
    void theFirstRefusalCountsAndWhatFollowsItIsNotTakenForTheNextAnswer() {
        kernel.answer = index -> index == 3 ? -Errno.ENOMEM : index == 5 ? -Errno.ENOENT : 0;
        assertEquals(-Errno.ENOMEM, table.make("evenkeel", ONE));
        kernel.answer = index -> 0;
        assertEquals(0, table.make("evenkeel", ONE));
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsRefused() {
        kernel.answer = index -> index == 0 ? -Errno.EOPNOTSUPP : Kernel.SILENCE;
        assertEquals(-Errno.EOPNOTSUPP, table.make("evenkeel", ONE));
    }

    @Test
    void aKernelThatDoesNotAnswerIsSaidToBeSilent() {
        kernel.answer = index -> Kernel.SILENCE;
        assertThrows(NativeCallException.class, () -> table.make("evenkeel", ONE));
    }

    @Test
    void anInspectionSaysWhatTheKernelRefuses() {
        kernel.answer = index -> index == 0 ? -Errno.EPERM : Kernel.SILENCE;
        assertEquals(
                List.of(
                        new HostFinding(
                                Severity.WARNING,
                                "VI_1",
                                "Virtual router VI_1 is not to accept packets to its addresses, but the host does while it is Active,"
                                        + " because its packet filter cannot be set: the kernel answers EPERM (operation not permitted);"
                                        + " it takes CAP_NET_ADMIN. Filter them in the firewall.")),
                inspect(config().acceptMode(false).build()));
    }

    @Test
    void anInspectionSaysThatAnOlderKernelKeepsTheTable() {
        List<HostFinding> findings =
                inspect(new UnownedFilters(kernel), config().acceptMode(false).build());
        assertEquals(2, findings.size());
        assertTrue(findings.get(1).sentence().contains("Before Linux 5.12"), findings.toString());
    }

    @Test
    void anInspectionHasNothingToSayOfRoutersThatAccept() {
        VirtualRouterConfig owner = config().acceptMode(false).priority(255).build();
        Findings findings = new Findings();
        new FilterCheck(List.of(config().build(), owner)).look(new JnaLibc(), findings);
        assertEquals(List.of(), findings.report().findings());
    }

    @Test
    void anAddressThatAnotherRouterAcceptsIsNotDropped() {
        VirtualRouterConfig refusing =
                config().acceptMode(false)
                        .addresses(List.of(virtual("10.9.0.100"), virtual("10.9.0.101")))
                        .build();
        VirtualRouterConfig accepting =
                config().excludedAddresses(List.of(virtual("10.9.0.101"))).build();
        assertEquals(
                "[10.9.0.100]",
                FilterEntry.of(
                                List.of(
                                        refusing,
                                        accepting.toBuilder()
                                                .addresses(List.of(virtual("10.9.0.102")))
                                                .build()))
                        .keySet()
                        .toString());
        assertEquals(
                Map.of(),
                FilterEntry.of(List.of(refusing, refusing.toBuilder().acceptMode(true).build())));
    }

    @Test
    void aLinkLocalAddressIsThatOfItsInterface() {
        VirtualRouterConfig refusing =
                config().acceptMode(false).addresses(List.of(virtual("fe80::100"))).build();
        VirtualRouterConfig elsewhere =
                refusing.toBuilder().interfaceName("eth1").acceptMode(true).build();
        assertEquals(
                "{fe80::100 on eth0=VI_1}",
                FilterEntry.of(List.of(refusing, elsewhere)).toString());
    }

    private List<HostFinding> inspect(VirtualRouterConfig router) {
        return inspect(kernel, router);
    }

    private static List<HostFinding> inspect(NetlinkTransport kernel, VirtualRouterConfig router) {
        Findings findings = new Findings();
        new FilterCheck(List.of(router)).look(new FilterTable(kernel), findings);
        return findings.report().findings();
    }

    private static VirtualAddress virtual(String address) {
        return VirtualAddress.of(IpAddress.parse(address));
    }

    private static VirtualRouterConfig.Builder config() {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .addresses(List.of(virtual("10.9.0.100")));
    }

    /** A kernel that answers each message of a batch as it is told, by its place. */
    private static final class Kernel implements NetlinkTransport {
        static final int SILENCE = 1;

        private static final Map<Integer, String> NAMES =
                Map.of(
                        Netfilter.NFT_MSG_NEWTABLE, "newtable",
                        Netfilter.NFT_MSG_DELTABLE, "deltable",
                        Netfilter.NFT_MSG_NEWCHAIN, "newchain",
                        Netfilter.NFT_MSG_NEWSET, "newset",
                        Netfilter.NFT_MSG_NEWRULE, "newrule",
                        Netfilter.NFT_MSG_NEWSETELEM, "newsetelem");

        final List<String> batches = new ArrayList<>();
        IntUnaryOperator answer = index -> 0;
        private final ByteBuffer request = Hex.buffer(FilterTable.MOST_BYTES_OF_A_BATCH);
        private final ByteBuffer reply = Hex.buffer(4096);

        @Override
        public void send(int length) {
            NetlinkReader message = new NetlinkReader(request, length);
            Map<Integer, Integer> results = new TreeMap<>();
            List<String> names = new ArrayList<>();
            for (int index = 0; message.nextMessage(); index++) {
                int result = answer.applyAsInt(index);
                boolean acknowledged = (message.flags() & Netlink.NLM_F_ACK) != 0;
                if (result < 0 || result == 0 && acknowledged) {
                    results.put(message.sequence(), result);
                }
                names.add(name(message.type()));
            }
            batches.add(String.join(", ", names));
            FilterReplies.write(reply, results);
        }

        private static String name(int type) {
            return switch (type) {
                case Netfilter.NFNL_MSG_BATCH_BEGIN -> "begin";
                case Netfilter.NFNL_MSG_BATCH_END -> "end";
                default -> String.valueOf(NAMES.get(type & 0xff));
            };
        }

        @Override
        public int receive() {
            int length = reply.position();
            if (length == 0) {
                throw Errno.failure(Errno.EAGAIN, "recv");
            }
            reply.clear();
            return length;
        }

        @Override
        public ByteBuffer request() {
            return request;
        }

        @Override
        public ByteBuffer reply() {
            return reply;
        }

        @Override
        public void close() {}
    }
}
