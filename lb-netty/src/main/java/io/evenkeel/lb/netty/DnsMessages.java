package io.evenkeel.lb.netty;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.dns.DnsAnswer;
import io.evenkeel.lb.dns.DnsQuestion;
import io.evenkeel.lb.dns.DnsType;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions and answers as Netty's DNS messages. */
final class DnsMessages {
    private static final int FIXED_SRV_BYTES = 6;

    private DnsMessages() {}

    /** What is asked, with the dot at the end. */
    static DefaultDnsQuestion question(DnsQuestion question) {
        return new DefaultDnsQuestion(question.name() + ".", type(question.type()));
    }

    /** False if its name is none, such as {@code a..b}: then {@link #question} fails. */
    static boolean canBeAsked(DnsQuestion question) {
        try {
            question(question);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static DnsRecordType type(DnsType type) {
        return switch (type) {
            case A -> DnsRecordType.A;
            case AAAA -> DnsRecordType.AAAA;
            case SRV -> DnsRecordType.SRV;
        };
    }

    /** What a response says; the caller releases it. One that was cut short says nothing of what is missing, so it does not count. */
    static DnsAnswer answer(DnsQuestion question, DnsResponse response) {
        DnsResponseCode code = response.code();
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            return DnsAnswer.failed(ResolveFailure.NX);
        }
        if (code.equals(DnsResponseCode.REFUSED)) {
            return DnsAnswer.failed(ResolveFailure.REFUSED);
        }
        if (!code.equals(DnsResponseCode.NOERROR) || response.isTruncated()) {
            return DnsAnswer.failed(ResolveFailure.OTHER);
        }
        try {
            return read(question, response);
        } catch (RuntimeException e) {
            // A record that is not of the form of its type.
            return DnsAnswer.failed(ResolveFailure.OTHER);
        }
    }

    private static DnsAnswer read(DnsQuestion question, DnsResponse response) {
        long ttlSeconds = Integer.MAX_VALUE;
        List<IpAddress> addresses = new ArrayList<>();
        List<DnsAnswer.Service> services = new ArrayList<>();
        DnsRecordType wanted = type(question.type());
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
            ttlSeconds = Math.min(ttlSeconds, ttlSeconds(record));
            if (record.type().equals(wanted) && record instanceof DnsRawRecord raw) {
                if (question.type() == DnsType.SRV) {
                    DnsAnswer.Service service = service(raw.content());
                    if (service != null) {
                        services.add(service);
                    }
                } else {
                    addresses.add(address(raw.content()));
                }
            }
        }
        if (question.type() != DnsType.SRV) {
            return DnsAnswer.addresses(addresses, ttlSeconds);
        }
        Map<String, List<IpAddress>> additional = new HashMap<>();
        for (int i = 0; i < response.count(DnsSection.ADDITIONAL); i++) {
            DnsRecord record = response.recordAt(DnsSection.ADDITIONAL, i);
            DnsRecordType type = record.type();
            if ((type.equals(DnsRecordType.A) || type.equals(DnsRecordType.AAAA))
                    && record instanceof DnsRawRecord raw) {
                ttlSeconds = Math.min(ttlSeconds, ttlSeconds(record));
                additional
                        .computeIfAbsent(
                                DnsQuestion.canonical(record.name()), name -> new ArrayList<>())
                        .add(address(raw.content()));
            }
        }
        return DnsAnswer.services(services, ttlSeconds, additional);
    }

    /** RFC 2181 section 8: with the highest bit set it is 0. */
    private static long ttlSeconds(DnsRecord record) {
        return record.timeToLive() > Integer.MAX_VALUE ? 0 : record.timeToLive();
    }

    private static IpAddress address(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        return IpAddress.of(bytes);
    }

    /** RFC 2782; null if the target is the root, which means that there is no such service. */
    private static DnsAnswer.@Nullable Service service(ByteBuf content) {
        int start = content.readerIndex();
        int weight = content.getUnsignedShort(start + 2);
        int port = content.getUnsignedShort(start + 4);
        String target =
                DefaultDnsRecordDecoder.decodeName(
                        content.duplicate().readerIndex(start + FIXED_SRV_BYTES));
        return target.equals(".") || port == 0 ? null : new DnsAnswer.Service(target, port, weight);
    }
}
