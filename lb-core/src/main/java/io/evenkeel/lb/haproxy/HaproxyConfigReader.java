package io.evenkeel.lb.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code haproxy.cfg} with the meaning that HAProxy 2.6 gives it. What is not carried out is
 * either accepted with a warning, where nothing is lost, or refused with a reason; the table is in
 * {@code docs/haproxy-compatibility.md}.
 */
public final class HaproxyConfigReader {
    private final Report report;
    private final Environment environment;
    private final Function<String, @Nullable String> files;
    private final DotLines dotLines;
    private final GlobalParser global;
    private final ResolversParser resolvers = new ResolversParser();
    private final PeersParser peers = new PeersParser();
    private final UdpParser udp = new UdpParser();
    private final List<ProxyDraft> proxies = new ArrayList<>();
    private final Map<String, ProxyDraft> namedDefaults = new HashMap<>();
    private ProxySettings defaults = new ProxySettings();

    /** What the lines of the current section are given to. */
    private Body body;

    /** Whether that is nothing: a section of which only the first line matters. */
    private boolean skipping;

    private interface Body {
        void line(Words words);
    }

    private HaproxyConfigReader(
            Report report, Environment environment, Function<String, @Nullable String> files) {
        this.report = report;
        this.environment = environment;
        this.files = files;
        dotLines = new DotLines(report);
        global = new GlobalParser(environment);
        this.body = this::outside;
    }

    /**
     * Reads a file that uses no environment variables and no other files.
     *
     * @see #read(String, String, Function, Function)
     */
    public static HaproxyConfig read(String fileName, String text) {
        return read(fileName, text, name -> null);
    }

    /**
     * Reads a file that uses no other files.
     *
     * @see #read(String, String, Function, Function)
     */
    public static HaproxyConfig read(
            String fileName, String text, Function<String, @Nullable String> environment) {
        return read(fileName, text, environment, name -> null);
    }

    /**
     * Reads a file.
     *
     * @param fileName as it is to appear in problems
     * @param text the content of the file
     * @param environment gives the value of a variable used within double quotes or in an address,
     *     or null if it is not set; usually {@code System::getenv}
     * @param files gives the content of a file of patterns ({@code acl ... -f FILE}), or null if it
     *     cannot be read
     * @throws ConfigException with every problem of the file
     */
    public static HaproxyConfig read(
            String fileName,
            String text,
            Function<String, @Nullable String> environment,
            Function<String, @Nullable String> files) {
        return read(fileName, text, environment, files, null);
    }

    /**
     * Reads a file that may have {@code peers}.
     *
     * @param fileName as it is to appear in problems
     * @param text the content of the file
     * @param environment gives the value of a variable used within double quotes or in an address,
     *     or null if it is not set; usually {@code System::getenv}
     * @param files gives the content of a file of patterns ({@code acl ... -f FILE}), or null if it
     *     cannot be read
     * @param hostName what this node is called among its peers where {@code localpeer} does not say, or null if the file has to
     * @throws ConfigException with every problem of the file
     */
    public static HaproxyConfig read(
            String fileName,
            String text,
            Function<String, @Nullable String> environment,
            Function<String, @Nullable String> files,
            @Nullable String hostName) {
        Report report = new Report(fileName);
        HaproxyConfig config = read(report, text, environment, files, hostName);
        if (config == null) {
            throw new ConfigException(report.problems());
        }
        return config;
    }

    /** The model, or null when {@code report} has problems. */
    static @Nullable HaproxyConfig read(
            Report report,
            String text,
            Function<String, @Nullable String> environment,
            Function<String, @Nullable String> files) {
        return read(report, text, environment, files, null);
    }

    private static @Nullable HaproxyConfig read(
            Report report,
            String text,
            Function<String, @Nullable String> environment,
            Function<String, @Nullable String> files,
            @Nullable String hostName) {
        Environment seen = new Environment(environment);
        HaproxyConfigReader reader = new HaproxyConfigReader(report, seen, files);
        Tokenizer tokenizer = new Tokenizer(report, text, seen);
        for (Line line = tokenizer.next(); line != null; line = tokenizer.next()) {
            reader.line(line);
        }
        reader.dotLines.end();
        String given = reader.global.localPeer;
        PeersAssembly peers =
                new PeersAssembly(
                        report,
                        reader.global,
                        reader.peers.sections(),
                        given == null ? hostName : given);
        UdpAssembly udp = new UdpAssembly(report, reader.udp.sections());
        return new Assembly(report, reader.global, reader.proxies, reader.resolvers, peers, udp)
                .config();
    }

    private void line(Line line) {
        String first = line.words().get(0);
        Words words = new Words(line, report, environment);
        String section = section(line, skipping);
        if (section != null) {
            words.next();
            if (!section.equals(first)) {
                words.refuse(
                        "unknown section "
                                + Report.quote(first)
                                + "; did you mean '"
                                + section
                                + "'?");
            }
            open(section, words);
        } else if (DotLines.starts(first)) {
            dotLines.line(words);
        } else if (!line.broken()) {
            if (report.orRefuse(line.number(), () -> body.line(words))) {
                words.end(String.join(" ", line.words().subList(0, 1)));
            }
        }
    }

    /** The section that the line opens, perhaps misspelled, or null. */
    private static @Nullable String section(Line line, boolean exactly) {
        String first = line.words().get(0);
        boolean alone = line.words().size() == 1;
        if (SectionKeywords.TABLE.get(first) != null) {
            return first;
        }
        boolean known =
                exactly
                        || !alone && (first.equals("no") || first.equals("default"))
                        || GlobalKeywords.TABLE.isFirstWord(first)
                        || ResolversKeywords.TABLE.isFirstWord(first)
                        || PeersKeywords.TABLE.isFirstWord(first)
                        || UdpKeywords.TABLE.isFirstWord(first)
                        || ProxyKeywords.TABLE.isFirstWord(first);
        String nearest = known ? null : Nearest.of(first, SectionKeywords.TABLE.names());
        if (nearest == null) {
            return null;
        }
        List<String> others = new ArrayList<>(ProxyKeywords.TABLE.names());
        others.addAll(GlobalKeywords.TABLE.names());
        others.add(nearest);
        return nearest.equals(Nearest.of(first, others)) ? nearest : null;
    }

    private void open(String section, Words words) {
        if (section.equals("resolvers")) {
            skipping = false;
            resolvers.open(words);
            body = resolvers::line;
            return;
        }
        if (section.equals("peers")) {
            skipping = false;
            peers.open(words);
            body = peers::line;
            return;
        }
        if (section.equals("udp-lb")) {
            skipping = false;
            udp.open(words);
            body = udp::line;
            return;
        }
        Keyword keyword = SectionKeywords.TABLE.get(section);
        skipping = keyword == null || keyword.support() != Keyword.Support.SUPPORTED;
        if (skipping) {
            if (keyword != null) {
                KeywordTable.carriedOut(words, section, keyword);
            }
            body = Words::skipRest;
        } else if (section.equals("global")) {
            words.end(section);
            body = global::line;
        } else if (section.equals("defaults")) {
            openDefaults(words);
        } else {
            openProxy(section, words);
        }
    }

    private void openDefaults(Words words) {
        String name = words.hasNext() && !words.peek().equals("from") ? words.next() : "";
        boolean named = !name.isEmpty() && Names.check(words, "section", name);
        ProxySettings inherited = from(words, "defaults", null);
        ProxyDraft draft =
                new ProxyDraft(
                        Section.DEFAULTS,
                        name,
                        words.line(),
                        inherited == null ? new ProxySettings() : inherited);
        if (named) {
            ProxyDraft before = namedDefaults.putIfAbsent(name, draft);
            if (before != null) {
                words.refuse(twice("defaults", name, before));
            }
        }
        defaults = draft.settings;
        body = new ProxyParser(draft, files)::line;
    }

    private void openProxy(String keyword, Words words) {
        Section section = Section.valueOf(keyword.toUpperCase(Locale.ROOT));
        String name = words.argument(keyword, "a name");
        boolean named = name != null && Names.check(words, "section", name);
        ProxySettings settings = from(words, keyword, defaults);
        ProxyDraft draft =
                new ProxyDraft(
                        section,
                        name == null ? "" : name,
                        words.line(),
                        settings == null ? new ProxySettings() : settings);
        for (ProxyDraft before : proxies) {
            boolean clash =
                    section.hasFrontend() && before.section.hasFrontend()
                            || section.hasBackend() && before.section.hasBackend();
            if (named && clash && before.name.equals(name)) {
                words.refuse(twice(keyword, before.name, before));
                named = false;
            }
        }
        if (named) {
            proxies.add(draft);
        }
        body = new ProxyParser(draft, files)::line;
    }

    private static String twice(String keyword, String name, ProxyDraft before) {
        return "the "
                + keyword
                + " name "
                + Report.quote(name)
                + " is taken by "
                + before.section.keyword()
                + " on line "
                + before.line
                + "; give each its own";
    }

    /** A copy of what {@code from NAME} names, or of {@code otherwise}; no further word may follow. */
    private @Nullable ProxySettings from(
            Words words, String keyword, @Nullable ProxySettings otherwise) {
        ProxySettings origin = otherwise;
        if (words.peek().equals("from")) {
            words.next();
            String name = words.argument("from", "the name of a defaults section");
            ProxyDraft named = name == null ? null : namedDefaults.get(name);
            if (named != null) {
                origin = named.settings;
            } else if (name != null) {
                words.refuse(
                        "there is no defaults section "
                                + Report.quote(name)
                                + " above this line"
                                + Nearest.hint(name, namedDefaults.keySet()));
            }
        } else if (words.peek().indexOf(':') >= 0) {
            words.refuse(
                    "an address belongs on a bind line of its own; move "
                            + Report.quote(words.next())
                            + " there");
        }
        words.end(keyword);
        return origin == null ? null : origin.copyForHeir();
    }

    private void outside(Words words) {
        words.refuse(
                "the keyword "
                        + Report.quote(words.peek())
                        + " stands before any section; begin with global, defaults, frontend,"
                        + " listen or backend");
        words.skipRest();
    }
}
