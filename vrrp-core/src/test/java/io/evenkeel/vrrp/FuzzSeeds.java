package io.evenkeel.vrrp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The packets that a fuzzer begins with: golden ones, each with the bytes that say how it arrives. */
final class FuzzSeeds {

    private static final String TRAILER = "01 01 00 00" + " 00".repeat(24);

    private FuzzSeeds() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        // Captured from keepalived 2.2.7; the others are those of AdvertisementCodecTest.
        String v3 = "31 33 64 01 00 0a 75 bb 0a 09 00 64";
        String v2 = "21 33 64 01 00 01 70 5d 0a 09 00 64 00 00 00 00 00 00 00 00";
        String v2Password = "21 33 64 01 01 01 aa fa 0a 09 00 64 61 62 63 00 00 00 00 00";
        String v3Two = "31 33 64 02 00 64 b2 93 0a 09 00 64 c0 00 02 c8";
        String ipv6 = "31 33 64 01 00 64 6c c7 fe 80" + " 00".repeat(12) + " 01 00";
        String ipv6Two =
                "31 33 64 02 00 64 00 00 20 01 0d b8"
                        + " 00".repeat(10)
                        + " 01 00"
                        + ipv6.substring(23);
        int toPeers = FuzzedPackets.SUM_TO_DESTINATION;
        seeds.put("v3", seed(FuzzedPackets.IPV4 | toPeers, "00 00 ff", v3));
        seeds.put(
                "v3-message-only",
                seed(FuzzedPackets.IPV4 | FuzzedPackets.SUM_OF_MESSAGE, "00 00 ff", v3));
        seeds.put("v3-two", seed(FuzzedPackets.IPV4 | toPeers, "00 00 ff", v3Two));
        seeds.put("v3-unicast", seed(FuzzedPackets.IPV4 | toPeers, "00 01 40", v3));
        seeds.put(
                "v3-old-unicast",
                seed(FuzzedPackets.IPV4 | FuzzedPackets.SUM_TO_GROUP, "00 01 40", v3));
        seeds.put("v2", seed(FuzzedPackets.IPV4, "00 00 ff", v2));
        seeds.put("v2-mended", seed(FuzzedPackets.IPV4 | toPeers, "00 00 ff", v2));
        seeds.put("v2-password", seed(FuzzedPackets.IPV4 | toPeers, "00 00 ff", v2Password));
        seeds.put("ipv6", seed(FuzzedPackets.IPV6 | toPeers, "00 00 ff", ipv6));
        seeds.put("ipv6-two", seed(FuzzedPackets.IPV6 | toPeers, "00 00 ff", ipv6Two));
        int signed = toPeers | FuzzedPackets.SIGN | FuzzedPackets.FRESH;
        seeds.put("v3-signed", seed(FuzzedPackets.IPV4 | signed, "00 00 ff", v3 + TRAILER));
        seeds.put("v2-signed", seed(FuzzedPackets.IPV4 | signed, "00 00 ff", v2 + TRAILER));
        seeds.put("ipv6-signed", seed(FuzzedPackets.IPV6 | signed, "00 00 ff", ipv6 + TRAILER));
        int stale = toPeers | FuzzedPackets.SIGN;
        String now = "01 01 00 00 6b 49 d2 00" + " 00".repeat(20);
        seeds.put("v3-replayed", seed(FuzzedPackets.IPV4 | stale, "00 00 ff", v3 + now));
        seeds.put("v3-forged", seed(FuzzedPackets.IPV4 | toPeers, "00 00 ff", v3 + now));
        String otherKey = now.replaceFirst("01 01", "01 02");
        seeds.put("v3-other-key", seed(FuzzedPackets.IPV4 | stale, "00 00 ff", v3 + otherKey));
        int all = signed | FuzzedPackets.SUM_OVER_ALL;
        seeds.put("ipv6-signed-all", seed(FuzzedPackets.IPV6 | all, "00 00 ff", ipv6 + TRAILER));
        String header = "45 c0 00 20 00 01 00 00 ff 70 00 00 0a 09 00 02 e0 00 00 12";
        int whole = FuzzedPackets.DATAGRAM | toPeers | FuzzedPackets.WHOLE_LENGTH;
        seeds.put("datagram", seed(FuzzedPackets.DATAGRAM, "03 03 ff", header + v3));
        seeds.put("datagram-mended", seed(whole, "03 03 ff", header + v3));
        seeds.put("datagram-v2", seed(whole, "03 03 ff", header + v2));
        seeds.put(
                "many-addresses",
                seed(FuzzedPackets.IPV4 | whole, "00 00 ff", "31 33 64 ff" + v3.substring(11)));
        return seeds;
    }

    private static byte[] seed(int how, String envelope, String message) {
        return Packets.bytes(String.format("%02x ", how & 0xff) + envelope + " 00 00 00" + message);
    }

    /** Writes the seeds as files into a directory. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        all().forEach(
                        (name, bytes) -> {
                            try {
                                Files.write(directory.resolve("seed-" + name), bytes);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }
}
