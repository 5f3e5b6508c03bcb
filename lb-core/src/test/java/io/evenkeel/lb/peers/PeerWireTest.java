package io.evenkeel.lb.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickServerKey;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer says that is unusual, byte by byte, and what is told to it. */
class PeerWireTest {
    private static final int INTEGER = 2;
    private static final int STRING = 6;
    private static final int ONE_MORE_TABLE = 9;
    private static final long SERVER_KEY = PeerDataType.SERVER_KEY.bit();

    private final List<String> complaints = new ArrayList<>();

    private final PeerListener listener =
            new PeerListener() {
                @Override
                public void onConnected(String group, String peer) {}

                @Override
                public void onAway(String group, String peer, String cause) {}

                @Override
                public void onComplaint(String group, String complaint) {
                    complaints.add(complaint);
                }
            };

    private static StickTable table(StickTableConfig config) {
        return new StickTable("app", config, 1, new StickNode("here", 0));
    }

    private static StickTable table(StickKeyType type) {
        return table(StickTableConfig.builder(type, 100).build());
    }

    private PeerGroup group(StickTable table) {
        return new PeerGroup(
                PeersConfig.builder("mesh", "here").peer("there", "192.0.2.1", 1024).build(),
                List.of(table),
                1,
                1,
                listener,
                () -> {},
                0);
    }

    /** A connection on which the peer has said who it is. */
    private static PeerSession greeted(PeerGroup group) {
        PeerSession session = group.accept("192.0.2.1", 0);
        assertNotNull(session);
        receive(session, "HAProxyS 2.1\nhere\nthere 1 1\n".getBytes(StandardCharsets.UTF_8));
        ByteBuffer status = ByteBuffer.allocate(4);
        session.send(status, 0);
        assertEquals("200\n", new String(status.array(), StandardCharsets.UTF_8));
        return session;
    }

    private PeerSession greeted(StickTable table) {
        return greeted(group(table));
    }

    private static void receive(PeerSession session, byte[] bytes) {
        session.receive(ByteBuffer.wrap(bytes), 0);
    }

    private static byte[] sent(PeerSession session) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20);
        session.send(out, 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Messages of that type about tables, without class, type and length. */
    private static List<PeerReader> messages(byte[] bytes, int type) {
        PeerInbox inbox = new PeerInbox();
        inbox.add(ByteBuffer.wrap(bytes));
        List<PeerReader> found = new ArrayList<>();
        PeerReader each;
        while ((each = inbox.message()) != null) {
            if (each.octet() == PeerMessages.TABLE && each.octet() == type) {
                found.add(each);
            }
        }
        return found;
    }

    private static void tell(PeerSession session, int type, PeerWriter body) {
        receive(
                session,
                new PeerWriter().octet(PeerMessages.TABLE).octet(type).counted(body).toBytes());
    }

    private static void define(
            PeerSession session, int id, String name, int keyType, int keyLength, long types) {
        PeerWriter body = new PeerWriter().number(id).text(bytes(name));
        body.number(keyType).number(keyLength).number(types).number(0);
        tell(session, PeerMessages.DEFINITION, body);
    }

    private static PeerWriter entry(long number) {
        return new PeerWriter().fixed(number);
    }

    /** The number that the peer gives the server, and the name if it is told. */
    private static PeerWriter server(int number, String name) {
        PeerWriter part = new PeerWriter().number(number);
        return name.isEmpty() ? part : part.text(bytes(name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StickRecord found(StickTable table, String key) {
        StickRecord record = table.entry(StickKey.parse(table.config().keyType(), key), 0);
        assertNotNull(record, key);
        return record;
    }

    private static void store(StickTable table, String key, String server) {
        StickKeyBuffer buffer = table.newKey();
        buffer.setKey(StickKey.parse(table.config().keyType(), key));
        table.store(buffer, server, 0);
    }

    @Test
    void aLengthThatDoesNotEndEndsTheConnection() {
        PeerSession session = greeted(table(StickKeyType.ip()));
        byte[] endless = new byte[100_000];
        Arrays.fill(endless, (byte) 0xff);
        endless[0] = PeerMessages.TABLE;
        endless[1] = (byte) PeerMessages.UPDATE;
        receive(session, endless);
        assertTrue(session.isOver());
        assertEquals(
                "it breaks the peers protocol: the length of a message has more than 5 bytes",
                session.cause());
    }

    /** HAProxy has such keys, of clients that name no server; no table here does. */
    @Test
    void anEntryOfAnEmptyTextIsConfirmedAndLeftOut() {
        StickTable table = table(StickKeyType.string(20));
        PeerSession session = greeted(table);
        define(session, 3, "app", STRING, 21, SERVER_KEY);
        PeerWriter empty = entry(7).text(bytes("")).counted(server(1, "one"));
        tell(session, PeerMessages.UPDATE, empty);
        assertFalse(session.isOver(), session.cause());
        assertEquals(0, table.size());
        List<PeerReader> confirmed = messages(sent(session), PeerMessages.ACKNOWLEDGEMENT);
        assertEquals(3, confirmed.get(0).number());
        assertEquals(7, confirmed.get(0).fixed());
        tell(session, PeerMessages.UPDATE, entry(8).text(bytes("x")).counted(server(1, "")));
        assertEquals("one", found(table, "x").server());
    }

    @ParameterizedTest
    @CsvSource({"integer, 2, 4", "text, 6, 30", "address, 5, 16", "bytes, 7, 3"})
    void aServerThatIsNamedInATableThatIsNotHereIsKnownInOneThatIs(
            String kind, int keyType, int keyLength) {
        StickTable table = table(StickKeyType.string(20));
        PeerSession session = greeted(table);
        define(session, ONE_MORE_TABLE, kind, keyType, keyLength, SERVER_KEY);
        PeerWriter elsewhere = entry(1);
        if (keyType == STRING) {
            elsewhere.text(bytes("anything"));
        } else {
            elsewhere.bytes(new byte[keyLength]);
        }
        tell(session, PeerMessages.UPDATE, elsewhere.counted(server(1, "one")));
        define(session, 1, "app", STRING, 21, SERVER_KEY);
        tell(session, PeerMessages.UPDATE, entry(1).text(bytes("x")).counted(server(1, "")));
        assertEquals("one", found(table, "x").server());
        assertEquals(1, messages(sent(session), PeerMessages.ACKNOWLEDGEMENT).size());
    }

    /** As {@link #aServerThatIsNamedInATableThatIsNotHereIsKnownInOneThatIs}, of a table of that name with other keys. */
    @Test
    void aServerThatIsNamedInATableOfOtherKeysIsKnown() {
        StickTable table = table(StickKeyType.string(20));
        PeerSession session = greeted(table);
        define(session, ONE_MORE_TABLE, "app", INTEGER, 4, SERVER_KEY | PeerDataType.GPC0.bit());
        PeerWriter other = entry(1).fixed(5).number(1_000).counted(server(2, "two"));
        tell(session, PeerMessages.UPDATE, other);
        define(session, 1, "app", STRING, 21, SERVER_KEY);
        tell(session, PeerMessages.UPDATE, entry(1).text(bytes("x")).counted(server(2, "")));
        assertEquals("two", found(table, "x").server());
        assertEquals(1, table.size());
    }

    /** So that the other node takes it for a change, and not for what it may know better. */
    @Test
    void whatIsToldInPlaceOfChangesThatWereTooManyHasANumber() {
        StickTable table = table(StickTableConfig.builder(StickKeyType.integer(), 3).build());
        PeerGroup group = group(table);
        for (int key = 0; key < 10; key++) {
            store(table, Integer.toString(key), "one");
        }
        List<PeerReader> told = messages(sent(greeted(group)), PeerMessages.UPDATE);
        assertEquals(3, told.size());
        told.forEach(each -> assertTrue(each.fixed() != PeerTeaching.NO_CHANGE));
    }

    /** A peer that knows better keeps what it has. */
    @Test
    void whatWasThereBeforeTheGroupIsToldOnceAndAsNoChange() {
        StickTable table = table(StickKeyType.integer());
        store(table, "1", "one");
        store(table, "2", "two");
        PeerGroup group = group(table);
        PeerSession session = greeted(group);
        List<PeerReader> told = messages(sent(session), PeerMessages.UPDATE);
        assertEquals(2, told.size());
        told.forEach(each -> assertEquals(PeerTeaching.NO_CHANGE, each.fixed()));
        assertEquals(0, group.states(0).get(0).unconfirmed());
        group.ended(session, "lost", 0);
        assertEquals(List.of(), messages(sent(greeted(group)), PeerMessages.UPDATE));
    }

    /** HAProxy takes nothing of a table whose texts may be longer or shorter than its own. */
    @Test
    void textsOfAnotherLengthAreTakenAndComplainedOf() {
        StickTable table = table(StickKeyType.string(20));
        PeerSession session = greeted(table);
        define(session, 1, "app", STRING, 31, SERVER_KEY);
        tell(session, PeerMessages.UPDATE, entry(1).text(bytes("x")).counted(server(1, "one")));
        assertEquals("one", found(table, "x").server());
        assertEquals(
                List.of(
                        "Peer there (192.0.2.1:1024) has texts of up to 30 bytes as keys of the stick table app,"
                                + " and this node of up to 20: an HAProxy takes no entries of such a table, and"
                                + " longer texts are cut here; give both the same 'len'."),
                complaints);
        assertEquals(1, complaints.size());
    }

    @Test
    void textsOfTheSameLengthAreNotComplainedOf() {
        PeerSession session = greeted(table(StickKeyType.string(20)));
        define(session, 1, "app", STRING, 21, SERVER_KEY);
        assertEquals(List.of(), complaints);
    }

    /** HAProxy writes an IPv6 address without brackets. */
    @ParameterizedTest
    @CsvSource({
        "[2001:db8::1]:80, 2001:db8::1:80",
        "[2001:db8::1]:80#3, 2001:db8::1:80#3",
        "192.0.2.1:80, 192.0.2.1:80",
        "web.example:80, web.example:80"
    })
    void theAddressOfAServerIsToldAsHaproxyWritesItAndHeardEitherWay(String here, String told) {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.integer(), 10)
                        .serverKey(StickServerKey.ADDRESS)
                        .build();
        StickTable table = table(config);
        PeerSession session = greeted(table);
        store(table, "1", here);
        PeerReader update = messages(sent(session), PeerMessages.UPDATE).get(0);
        update.fixed();
        update.fixed();
        PeerReader server = update.part(update.count());
        server.number();
        assertEquals(told, server.text());

        define(session, 1, "app", INTEGER, 4, SERVER_KEY);
        tell(session, PeerMessages.UPDATE, entry(1).fixed(2).counted(server(1, told)));
        tell(session, PeerMessages.UPDATE, entry(2).fixed(3).counted(server(2, here)));
        assertEquals(here, found(table, "2").server());
        assertEquals(here, found(table, "3").server());
    }

    /** They are read once from end to end: looking for where to cut would take a minute. */
    @ParameterizedTest
    @CsvSource({"x, ]:", "[, x", "[, '[]:'"})
    void colonsThatAreNoAddressAreReadAtOnce(String start, String end) {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.integer(), 10)
                        .serverKey(StickServerKey.ADDRESS)
                        .build();
        StickTable table = table(config);
        PeerSession session = greeted(table);
        define(session, 1, "app", INTEGER, 4, SERVER_KEY);
        String colons = start + ":".repeat(70_000) + end;
        tell(session, PeerMessages.UPDATE, entry(1).fixed(2).counted(server(1, colons)));
        assertEquals(colons, found(table, "2").server());
        assertFalse(session.isOver(), session.cause());
        assertEquals(0, messages(sent(session), PeerMessages.UPDATE).size());
        store(table, "3", colons);
        assertEquals(1, messages(sent(session), PeerMessages.UPDATE).size());
    }

    /** A name with colons in it stays as it is. */
    @Test
    void theNameOfAServerIsToldAsItIs() {
        StickTable table = table(StickKeyType.integer());
        PeerSession session = greeted(table);
        define(session, 1, "app", INTEGER, 4, SERVER_KEY);
        tell(session, PeerMessages.UPDATE, entry(1).fixed(2).counted(server(1, "a:b:1")));
        assertEquals("a:b:1", found(table, "2").server());
    }
}
