package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.lb.netty.ClientHelloParser.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloParserTest {
    private static final long SEED = 20_261_126L;

    private static Result parse(ClientHelloParser parser, byte[] bytes) {
        return parser.parse(bytes, bytes.length);
    }

    private static void assertNamed(String name, byte[] bytes) {
        ClientHelloParser parser = new ClientHelloParser();
        assertEquals(Result.HELLO, parse(parser, bytes));
        assertEquals(name, parser.serverName());
    }

    private static void assertResult(Result expected, int... bytes) {
        byte[] octets = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            octets[i] = (byte) bytes[i];
        }
        assertEquals(expected, parse(new ClientHelloParser(), octets));
    }

    @Test
    void theJdksClientHello() {
        ClientHelloParser parser = new ClientHelloParser();
        byte[] bytes = ClientHellos.ofTheJdk("www.example.com", "h2", "http/1.1");
        assertEquals(Result.HELLO, parse(parser, bytes));
        assertEquals("www.example.com", parser.serverName());
        assertEquals(List.of("h2", "http/1.1"), parser.protocols());
    }

    @Test
    void withoutExtensionsThereIsNoName() {
        assertNamed(null, ClientHellos.records(ClientHellos.handshake(), 16_384));
        assertNamed(
                null,
                ClientHellos.records(
                        ClientHellos.handshake(
                                ClientHellos.extension(ClientHellos.PADDING, new byte[3])),
                        16_384));
    }

    @Test
    void inPiecesOfOneByteItIsTheSame() {
        byte[] bytes = ClientHellos.ofTheJdk("www.example.com", "h2");
        assertFoundAtTheLastByte(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 40, 100})
    void inSeveralRecordsItIsTheSame(int most) {
        byte[] handshake = ClientHellos.handshake(ClientHellos.serverName("www.example.com"));
        assertFoundAtTheLastByte(ClientHellos.records(handshake, most));
    }

    @Test
    void aLongOneInThreeRecordsIsFound() {
        byte[] handshake =
                ClientHellos.handshake(
                        ClientHellos.extension(ClientHellos.PADDING, new byte[1800]),
                        ClientHellos.serverName("www.example.com"));
        assertFoundAtTheLastByte(ClientHellos.records(handshake, handshake.length / 3 + 1));
    }

    private static void assertFoundAtTheLastByte(byte[] bytes) {
        ClientHelloParser parser = new ClientHelloParser();
        for (int length = 0; length < bytes.length; length++) {
            assertEquals(Result.MORE, parser.parse(Arrays.copyOf(bytes, length), length));
        }
        assertEquals(Result.HELLO, parse(parser, bytes));
        assertEquals("www.example.com", parser.serverName());
        for (int split = 0; split < bytes.length; split++) {
            ClientHelloParser two = new ClientHelloParser();
            assertEquals(Result.MORE, two.parse(Arrays.copyOf(bytes, split), split));
            assertEquals(Result.HELLO, parse(two, bytes));
            assertEquals("www.example.com", two.serverName());
        }
    }

    @Test
    void whatFollowsItDoesNotMatter() {
        byte[] bytes = ClientHellos.ofTheJdk("www.example.com");
        assertNamed("www.example.com", Arrays.copyOf(bytes, bytes.length + 100));
    }

    @Test
    void theOuterNameOfAnEncryptedOneCounts() {
        byte[] handshake =
                ClientHellos.handshake(
                        ClientHellos.extension(ClientHellos.ENCRYPTED_CLIENT_HELLO, new byte[200]),
                        ClientHellos.serverName("public.example.com"));
        assertNamed("public.example.com", ClientHellos.records(handshake, 16_384));
    }

    @Test
    void aDeclaredLengthThatIsTooMuchIsToldWithTheHeader() {
        assertResult(Result.MORE, 22, 3, 1, 0x40, 0, 1, 0);
        // 16 MiB, and the most that fits.
        assertResult(Result.OTHER, 22, 3, 1, 0x40, 0, 1, 0xff, 0xff, 0xff);
        assertResult(Result.OTHER, 22, 3, 1, 0x40, 0, 1, 0, 0x3f, 0xf8);
        assertResult(Result.MORE, 22, 3, 1, 0x40, 0, 1, 0, 0x3f, 0xf7);
        assertResult(Result.OTHER, 22, 3, 1, 0x40, 1);
        assertResult(Result.OTHER, 22, 3, 1, 0xff, 0xff);
    }

    @ParameterizedTest
    @CsvSource({
        // HTTP, SSH, a TLS alert, application data, an SSLv2 hello
        "71",
        "83",
        "21",
        "23",
        "128",
        "0",
        "255",
    })
    void otherFirstBytesAreToldAtOnce(int first) {
        assertResult(Result.OTHER, first);
    }

    @Test
    void otherRecordsAndMessagesAreToldAtOnce() {
        assertResult(Result.OTHER, 22, 2);
        assertResult(Result.OTHER, 22, 3, 1, 0, 0);
        // A ServerHello.
        assertResult(Result.OTHER, 22, 3, 1, 0, 100, 2);
        // An alert between two parts.
        assertResult(Result.OTHER, 22, 3, 1, 0, 1, 1, 21);
    }

    @Test
    void aNameTwiceOrOfNoLengthIsNotGuessedAt() {
        byte[] name = ClientHellos.serverName("a.example");
        ClientHelloParser parser = new ClientHelloParser();
        assertEquals(
                Result.OTHER,
                parse(parser, ClientHellos.records(ClientHellos.handshake(name, name), 16_384)));
        assertNamed(
                null,
                ClientHellos.records(ClientHellos.handshake(ClientHellos.serverName("")), 16_384));
    }

    @Test
    void lengthsThatDoNotFitAreNoClientHello() {
        byte[] valid =
                ClientHellos.records(
                        ClientHellos.handshake(ClientHellos.serverName("a.example")), 16_384);
        // Session id, cipher suites, compression, extensions, the extension, the list, the name.
        for (int at : new int[] {43, 46, 52, 54, 58, 60, 63}) {
            byte[] wrong = valid.clone();
            wrong[at] += 100;
            assertEquals(Result.OTHER, parse(new ClientHelloParser(), wrong), "byte " + at);
        }
    }

    /**
     * Damaged ClientHellos in random pieces: never an exception, and the same answer as in one piece. The long run: {@code
     * -Devenkeel.fuzz=10000000}.
     */
    @Test
    void damagedOnesAreAnsweredAlikeHoweverTheyAreCut() {
        int count = Integer.getInteger("evenkeel.fuzz", 100_000);
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(ClientHellos.ofTheJdk("www.example.com", "h2", "http/1.1"));
        byte[] handshake =
                ClientHellos.handshake(
                        ClientHellos.serverName("www.example.com"),
                        ClientHellos.extension(ClientHellos.ALPN, new byte[] {0, 3, 2, 'h', '2'}));
        seeds.add(ClientHellos.records(handshake, 16_384));
        seeds.add(ClientHellos.records(handshake, 7));
        Random random = new Random(SEED);
        int hellos = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = damaged(seeds.get(random.nextInt(seeds.size())), random);
            try {
                ClientHelloParser whole = new ClientHelloParser();
                Result expected = parse(whole, bytes);
                ClientHelloParser cut = new ClientHelloParser();
                Result result = Result.MORE;
                int length = 0;
                while (result == Result.MORE && length < bytes.length) {
                    length = Math.min(bytes.length, length + 1 + random.nextInt(100));
                    result = cut.parse(bytes, length);
                }
                assertEquals(expected, result);
                assertEquals(whole.serverName(), cut.serverName());
                assertEquals(whole.protocols(), cut.protocols());
                hellos += expected == Result.HELLO ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + SEED + ", number " + i, e);
            }
        }
        assertTrue(hellos > count / 20 && hellos < count - count / 20, hellos + " were hellos");
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] bytes = Arrays.copyOf(seed, seed.length - random.nextInt(2) * random.nextInt(20));
        for (int times = random.nextInt(4); times > 0; times--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void nothingIsNothingYet() {
        ClientHelloParser parser = new ClientHelloParser();
        assertEquals(Result.MORE, parse(parser, new byte[0]));
        assertNull(parser.serverName());
    }
}
