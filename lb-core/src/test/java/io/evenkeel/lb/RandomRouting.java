package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Conditions and connections that are close enough to each other for many to meet. */
final class RandomRouting {
    private static final String[] LABELS = {"a", "b", "www", "example", "com", "aa"};

    private final Random random;

    RandomRouting(Random random) {
        this.random = random;
    }

    static ConnectionFacts addresses(String source, int port) {
        return new ConnectionFacts(bytes(source), 40_000, bytes("198.51.100.1"), port);
    }

    /** A connection that is known entirely. */
    static ConnectionFacts facts(String source, int port, @Nullable String sni) {
        ConnectionFacts facts = addresses(source, port);
        facts.tls(sni, List.of());
        facts.noHttp();
        return facts;
    }

    static byte[] bytes(String address) {
        AddressBlock block = AddressBlock.parse(address);
        if (block == null) {
            throw new AssertionError(address);
        }
        int length = address.indexOf(':') < 0 ? 4 : 16;
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int fromEnd = length - 1 - i;
            long half = fromEnd < 8 ? block.low() : block.high();
            bytes[i] = (byte) (half >>> 8 * (fromEnd % 8));
        }
        return bytes;
    }

    List<Condition> conditions(int count) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            conditions.add(condition(2));
        }
        return conditions;
    }

    private Condition condition(int depth) {
        int kind = random.nextInt(depth == 0 ? 10 : 14);
        return switch (kind) {
            case 0, 1 -> Condition.source(blocks());
            case 2 -> Condition.destination(blocks());
            case 3 -> Condition.destinationPort(random.nextInt(4), random.nextInt(4) + 3);
            case 4, 5 -> Condition.sni(names());
            case 6 -> Condition.sniSuffix(names()[0].replace("*", ""));
            case 7 -> Condition.host(names());
            case 8 -> Condition.path(TextMatch.prefix("/" + label()));
            case 9 -> random.nextBoolean() ? Condition.tls() : Condition.waitEnded();
            case 10 -> condition(depth - 1).not();
            case 11 -> condition(depth - 1).or(condition(depth - 1));
            default -> condition(depth - 1).and(condition(depth - 1));
        };
    }

    private String[] blocks() {
        String[] blocks = new String[1 + random.nextInt(random.nextInt(10) == 0 ? 12 : 2)];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] =
                    random.nextInt(3) == 0
                            ? ipv6() + "/" + random.nextInt(129)
                            : ipv4() + "/" + (random.nextInt(17) + 16);
        }
        return blocks;
    }

    private String ipv4() {
        return "10.0." + random.nextInt(4) + "." + random.nextInt(4);
    }

    private String ipv6() {
        return random.nextInt(4) == 0
                ? "::ffff:" + ipv4()
                : "2001:db8::" + random.nextInt(3) + ":" + random.nextInt(3);
    }

    private String[] names() {
        String[] names = new String[1 + random.nextInt(random.nextInt(10) == 0 ? 12 : 2)];
        for (int i = 0; i < names.length; i++) {
            names[i] = (random.nextInt(3) == 0 ? "*." : "") + name();
        }
        return names;
    }

    private String name() {
        StringBuilder name = new StringBuilder(label());
        for (int i = random.nextInt(3); i > 0; i--) {
            name.append('.').append(label());
        }
        return name.toString();
    }

    private String label() {
        return LABELS[random.nextInt(LABELS.length)];
    }

    /** Of which everything may be known, or only a part. */
    ConnectionFacts facts() {
        ConnectionFacts facts =
                new ConnectionFacts(
                        bytes(random.nextInt(3) == 0 ? ipv6() : ipv4()),
                        random.nextInt(65536),
                        bytes(random.nextInt(3) == 0 ? ipv6() : ipv4()),
                        random.nextInt(8));
        switch (random.nextInt(4)) {
            case 0 -> facts.noTls();
            case 1 -> facts.tls(null, List.of());
            case 2 -> facts.tls(name(), List.of("h2"));
            default -> {}
        }
        switch (random.nextInt(3)) {
            case 0 -> facts.noHttp();
            case 1 ->
                    facts.http(
                            new HttpRequest(
                                    "GET",
                                    "/" + label(),
                                    "1.1",
                                    List.of(new HttpRequest.Field("Host", name() + ":80"))));
            default -> {}
        }
        if (random.nextBoolean()) {
            facts.received();
        }
        if (random.nextInt(3) == 0) {
            facts.end();
        }
        return facts;
    }
}
