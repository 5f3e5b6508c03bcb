package io.evenkeel.lb.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one defaults, frontend, listen or backend section. */
final class ProxyParser {
    private final ProxyDraft draft;
    private final ProxySettings settings;
    private final RuleParser rules;

    /** Files of patterns are asked for by name; null: cannot be read. */
    ProxyParser(ProxyDraft draft, Function<String, @Nullable String> files) {
        this.draft = draft;
        rules = new RuleParser(draft, files);
        this.settings = draft.settings;
    }

    void line(Words words) {
        boolean negated = words.peek().equals("no");
        if (negated || words.peek().equals("default")) {
            words.next();
            negated(words);
            return;
        }
        String name = ProxyKeywords.TABLE.take(words);
        Keyword keyword = ProxyKeywords.TABLE.get(name);
        HttpMode.note(draft, name, words);
        if (keyword == null) {
            unknown(words, name);
        } else if (!isAllowed(words, name, keyword)) {
            return;
        } else if (!HttpMode.defers(draft, name, words)
                && KeywordTable.carriedOut(words, name, keyword)) {
            supported(words, name);
        }
    }

    /** {@code no option ...} and {@code no log}; {@code default} is the same, for nothing is on by default. */
    private void negated(Words words) {
        String name = words.hasNext() ? ProxyKeywords.TABLE.take(words) : "";
        Keyword keyword = ProxyKeywords.TABLE.get(name);
        if (name.equals("option") && words.hasNext()) {
            unknown(words, name);
        } else if (name.equals(ProxyOptions.REDISPATCH)) {
            words.end("no " + name);
            settings.redispatchInterval = 0;
        } else if (name.equals(ProxyOptions.ALL_BACKUPS)) {
            words.end("no " + name);
            settings.allBackups = false;
        } else if (settings.sockets.set(name, false)) {
            words.end("no " + name);
        } else if (keyword == null
                || keyword.support() == Keyword.Support.SUPPORTED
                || !(name.startsWith("option ") || name.equals("log"))) {
            words.refuse(
                    "'no' and 'default' cannot stand "
                            + (name.isEmpty() ? "alone" : "before " + Report.quote(name))
                            + ", only before log and options that are on or off; remove the line");
            words.skipRest();
        } else {
            words.skipRest();
        }
    }

    private boolean isAllowed(Words words, String name, Keyword keyword) {
        if (keyword.sections().contains(draft.section)) {
            return true;
        }
        List<String> where = keyword.sections().stream().sorted().map(Section::keyword).toList();
        String place =
                "; it belongs in "
                        + String.join(", ", where.subList(0, where.size() - 1))
                        + (where.size() > 1 ? " or " : "")
                        + where.get(where.size() - 1);
        boolean matters = name.equals("bind") || isServer(name);
        if (draft.section == Section.DEFAULTS || matters) {
            words.refuse("'" + name + "' is not allowed in " + draft.section.keyword() + place);
            draft.serverRefused |= isServer(name);
        } else {
            words.warn("'" + name + "' has no effect in " + draft.section.keyword() + place);
        }
        words.skipRest();
        return false;
    }

    private static boolean isServer(String name) {
        return name.equals("server") || name.equals("server-template");
    }

    private void unknown(Words words, String name) {
        List<String> second = ProxyKeywords.TABLE.after(name);
        if (!second.isEmpty()) {
            String word = words.peek();
            words.refuse(
                    (words.hasNext()
                                    ? "'" + name + "' does not know " + Report.quote(word)
                                    : "'" + name + "' needs a word after it")
                            + Nearest.hint(word, second)
                            + (second.size() <= 12
                                    ? "; it takes " + String.join(", ", second)
                                    : ""));
        } else if (GlobalKeywords.TABLE.isFirstWord(name)) {
            words.refuse("'" + name + "' belongs in the section global; move it there");
        } else {
            List<String> known = new ArrayList<>(ProxyKeywords.TABLE.names(draft.section));
            known.addAll(SectionKeywords.TABLE.names());
            words.refuse(
                    "unknown keyword "
                            + Report.quote(name)
                            + " in "
                            + draft.section.keyword()
                            + Nearest.hint(name, known));
        }
        words.skipRest();
    }

    private void supported(Words words, String name) {
        switch (name) {
            case "bind" -> BindParser.read(words, draft);
            case "server" -> ServerParser.server(words, draft);
            case "server-template" -> ServerParser.template(words, draft);
            case "default-server" -> ServerWords.read(words, settings.server);
            case "mode" -> mode(words);
            case "balance" -> {
                settings.balance.readBalance(words);
                last(words, "balance");
            }
            case "hash-type" -> {
                settings.balance.readHashType(words);
                last(words, "hash-type");
            }
            case "hash-balance-factor" -> {
                settings.balance.readFactor(words);
                last(words, "hash-balance-factor");
            }
            case "default_backend" -> defaultBackend(words);
            case "acl",
                    "use_backend",
                    "tcp-request connection",
                    "tcp-request content",
                    "tcp-request inspect-delay" ->
                    rules.line(words, name);
            case "retries" -> {
                Integer retries = words.integer(name, 0, Integer.MAX_VALUE);
                settings.retries = retries == null ? settings.retries : retries;
                last(words, name);
            }
            case "maxconn" -> {
                Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                settings.maxConnections = most == null ? settings.maxConnections : most;
                last(words, name);
            }
            case "rate-limit sessions" -> {
                Integer most = words.integer(name, 0, Integer.MAX_VALUE);
                settings.maxSessionRate = most == null ? settings.maxSessionRate : most;
                last(words, name);
            }
            case "fullconn" -> {
                Integer most = words.integer(name, 1, Integer.MAX_VALUE);
                settings.fullConnections = most == null ? settings.fullConnections : most;
                last(words, name);
            }
            case "timeout client" -> settings.clientTimeout = timeout(words, name);
            case "timeout server" -> settings.serverTimeout = timeout(words, name);
            case "timeout connect" -> settings.connectTimeout = timeout(words, name);
            case "timeout queue" -> settings.queueTimeout = timeout(words, name);
            case "timeout check" -> settings.checkTimeout = timeout(words, name);
            case "timeout client-fin" -> settings.clientFinTimeout = timeout(words, name);
            case "timeout server-fin" -> settings.serverFinTimeout = timeout(words, name);
            case "timeout tunnel" -> settings.tunnelTimeout = timeout(words, name);
            case "disabled", "enabled" -> {
                settings.disabled = name.equals("disabled");
                words.end(name);
            }
            case "option allbackups" -> {
                settings.allBackups = true;
                words.end(name);
            }
            case "option redispatch" -> {
                Integer every =
                        words.hasNext()
                                ? words.integer(name, -Integer.MAX_VALUE, Integer.MAX_VALUE)
                                : Integer.valueOf(-1);
                settings.redispatchInterval = every == null ? -1 : every;
                words.end(name);
            }
            case "option httpchk" -> CheckParser.option(words, settings.checks);
            case "option tcp-check" -> {
                settings.checks.choose(CheckRules.Kind.TCP);
                words.end(name);
            }
            case "http-check send" -> CheckParser.send(words, settings.checks);
            case "http-check expect" -> CheckParser.expect(words, settings.checks);
            case "http-check connect" -> CheckParser.connect(words, settings.checks);
            case "http-check disable-on-404" -> {
                settings.checks.disableOn404 = true;
                words.end(name);
            }
            case "stick-table" -> StickTableParser.read(words, draft);
            case "stick on", "stick match", "stick store-request" ->
                    StickRuleParser.read(words, name, draft);
            case "description", "http-check comment" -> words.skipRest();
            default -> {
                if (name.startsWith("tcp-check ")) {
                    TcpCheckParser.read(words, settings.checks, name);
                } else if (ServiceCheckParser.OPTIONS.contains(name)) {
                    ServiceCheckParser.read(words, settings.checks, name);
                } else if (!settings.sockets.read(words, name)) {
                    throw new IllegalStateException("no code carries out " + name);
                }
            }
        }
    }

    private void mode(Words words) {
        String mode = words.argument("mode", "'tcp'");
        if (mode != null && !mode.equals("tcp") && !mode.equals("http")) {
            words.refuse("'mode' cannot be " + Report.quote(mode) + "; write 'mode tcp'");
        } else if (mode != null) {
            settings.http = mode.equals("http");
        }
        last(words, "mode");
    }

    private void defaultBackend(Words words) {
        String name = words.argument("default_backend", "the name of a backend");
        if (name != null) {
            settings.defaultBackend = name;
            settings.defaultBackendLine = words.line();
            last(words, "default_backend");
        }
    }

    private @Nullable Duration timeout(Words words, String name) {
        Duration time = words.time(name, true);
        last(words, name);
        // A refused time is not also reported as missing.
        return time == null ? Duration.ofSeconds(1) : time;
    }

    /** Nothing follows, and the setting is there once or counts with its last line. */
    private void last(Words words, String name) {
        words.end(name);
        Integer before = settings.lines.put(name, words.line());
        if (before != null) {
            words.warn("'" + name + "' was on line " + before + " already; this one counts");
        }
    }
}
