package io.evenkeel.lb.haproxy;

import io.evenkeel.lb.ServiceChecks;
import io.evenkeel.lb.TcpCheck;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the options that check one kind of service. */
final class ServiceCheckParser {
    static final Set<String> OPTIONS =
            Set.of(
                    "option redis-check",
                    "option smtpchk",
                    "option pgsql-check",
                    "option mysql-check",
                    "option ldap-check",
                    "option ssl-hello-chk");

    private ServiceCheckParser() {}

    static void read(Words words, CheckRules rules, String name) {
        TcpCheck check =
                switch (name) {
                    case "option redis-check" -> ServiceChecks.redis();
                    case "option smtpchk" -> smtp(words);
                    case "option pgsql-check" -> postgres(words);
                    case "option mysql-check" -> mysql(words);
                    case "option ldap-check" -> ServiceChecks.ldap();
                    default -> ServiceChecks.tlsHello();
                };
        words.end(name);
        rules.choose(CheckRules.Kind.SERVICE);
        rules.service = check;
    }

    /** {@code [HELO|EHLO domain]}; as in HAProxy, another word than these two stands for the default. */
    private static @Nullable TcpCheck smtp(Words words) {
        String hello = words.hasNext() ? words.next() : "HELO";
        String domain = words.hasNext() ? words.next() : null;
        boolean known = hello.equals("HELO") || hello.equals("EHLO");
        if (domain == null || !known) {
            return ServiceChecks.smtp("HELO", "localhost");
        }
        if (domain.chars().anyMatch(c -> c >= 0x80)) {
            words.refuse("'option smtpchk' has a domain that is not ASCII; write its xn-- form");
            return null;
        }
        return ServiceChecks.smtp(hello, domain);
    }

    private static @Nullable TcpCheck postgres(Words words) {
        String user = user(words, "option pgsql-check");
        return user == null ? null : ServiceChecks.postgres(user);
    }

    private static @Nullable TcpCheck mysql(Words words) {
        if (!words.hasNext()) {
            return ServiceChecks.mysql();
        }
        String user = user(words, "option mysql-check");
        if (user == null) {
            return null;
        }
        String version =
                words.hasNext() ? words.choice("user", List.of("post-41", "pre-41")) : "post-41";
        return ServiceChecks.mysql(user, "pre-41".equals(version));
    }

    private static @Nullable String user(Words words, String of) {
        String word = words.choice(of, List.of("user"));
        if (word == null) {
            words.skipRest();
            return null;
        }
        return words.argument("user", "the name of a user");
    }
}
