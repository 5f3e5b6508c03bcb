package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.VrrpScript;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom scripts run. The user is changed by {@code setpriv} of util-linux, which becomes the script: no login session is begun and no
 * process stays in between. It is asked before anything starts whether it can.
 */
final class ScriptUsers {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptUsers.class);
    private static final long ANSWER_SECONDS = 5;

    /** A user and perhaps a group, as the configuration names them. */
    private record Account(String user, @Nullable String group) {}

    private final boolean secure;
    private final @Nullable String setpriv = find("setpriv");
    private final @Nullable String setsid = find("setsid");
    private final boolean root = effectiveUser() == 0;

    /** What stands before the command of a script; nothing if the user cannot be changed. */
    private volatile Map<Account, List<String>> prefixes = Map.of();

    /**
     * @param secure whether scripts that others than root can change must not run as root
     */
    ScriptUsers(boolean secure) {
        this.secure = secure;
    }

    /**
     * Finds out whether all these can run as they are to; may be called again while scripts run.
     *
     * @throws VrrpStartException if a user does not exist or a script may not run; then what was found out before holds
     */
    void require(List<VrrpScript> scripts, List<NotifyScript> notifyScripts)
            throws VrrpStartException {
        Map<Account, List<String>> found = new LinkedHashMap<>();
        for (VrrpScript script : scripts) {
            require(
                    "script " + script.name(),
                    script.command(),
                    script.user(),
                    script.group(),
                    found);
        }
        for (NotifyScript script : notifyScripts) {
            require(
                    "the command of " + script.name() + " for " + script.event(),
                    script.command(),
                    script.user(),
                    script.group(),
                    found);
        }
        // Those of before may still be needed, where the new ones do not take effect.
        Map<Account, List<String>> all = new LinkedHashMap<>(prefixes);
        all.putAll(found);
        prefixes = all;
    }

    /** The command that runs this command as that user; to be {@linkplain #require required} before. */
    List<String> command(List<String> command, @Nullable String user, @Nullable String group) {
        List<String> all = new ArrayList<>(prefix(user, group));
        all.addAll(command);
        return all;
    }

    /** The same as the leader of a process group of its own, if {@link #canLead}. */
    List<String> leadingCommand(
            List<String> command, @Nullable String user, @Nullable String group) {
        List<String> all = new ArrayList<>();
        if (setsid != null) {
            all.add(setsid);
        }
        all.addAll(command(command, user, group));
        return all;
    }

    boolean canLead() {
        return setsid != null;
    }

    private List<String> prefix(@Nullable String user, @Nullable String group) {
        return user == null
                ? List.of()
                : prefixes.getOrDefault(new Account(user, group), List.of());
    }

    private void require(
            String what,
            List<String> command,
            @Nullable String user,
            @Nullable String group,
            Map<Account, List<String>> found)
            throws VrrpStartException {
        if (user != null && !found.containsKey(new Account(user, group))) {
            found.put(new Account(user, group), find(what, new Account(user, group)));
        }
        boolean asRoot = root && (user == null || user.equals("root") || user.equals("0"));
        String problem = secure && asRoot ? ScriptFile.problem(command.get(0)) : null;
        if (problem != null) {
            throw new VrrpStartException(
                    null,
                    "VRRP cannot start because "
                            + what
                            + " would run as root, and "
                            + problem
                            + ": let only root write there, or name a user (script_user) for it.");
        }
    }

    private List<String> find(String what, Account account) throws VrrpStartException {
        if (!root) {
            if (!account.user().equals(System.getProperty("user.name"))) {
                LOG.warn(
                        "Scripts that are to run as {} run as {}: to change the user takes root.",
                        account.user(),
                        System.getProperty("user.name"));
            }
            return List.of();
        }
        if (setpriv == null) {
            throw refusal(what, account, "setpriv of util-linux is not installed");
        }
        String group = account.group();
        if (group == null) {
            Answer primary = ask(List.of("id", "-g", account.user()));
            if (!primary.passed()) {
                throw refusal(what, account, primary.text());
            }
            group = primary.text();
        }
        List<String> prefix =
                List.of(
                        setpriv,
                        "--reuid=" + account.user(),
                        "--regid=" + group,
                        "--init-groups",
                        "--");
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        Answer answer = ask(trial);
        if (!answer.passed()) {
            throw refusal(what, account, answer.text());
        }
        return prefix;
    }

    private static VrrpStartException refusal(String what, Account account, String why) {
        return new VrrpStartException(
                null,
                "VRRP cannot start because "
                        + what
                        + " cannot run as user "
                        + account.user()
                        + (account.group() == null ? "" : " and group " + account.group())
                        + ": "
                        + why
                        + ". Correct the user or create it.");
    }

    private record Answer(boolean passed, String text) {}

    /** Runs a program that answers at once. */
    private static Answer ask(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .start();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer(false, command.get(0) + " does not answer");
            }
            byte[] output = process.getInputStream().readAllBytes();
            String text = new String(output, StandardCharsets.UTF_8).strip();
            return new Answer(process.exitValue() == 0, text);
        } catch (IOException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted while " + command.get(0) + " was asked");
        }
    }

    private static @Nullable String find(String program) {
        Path file = ScriptFile.find(program);
        return file == null ? null : file.toString();
    }

    /** The line {@code Uid:} has the real, the effective, the saved and the file system's user. */
    private static int effectiveUser() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Uid:")) {
                    return Integer.parseInt(line.split("\\s+")[2]);
                }
            }
        } catch (IOException e) {
            LOG.debug("Who runs this process cannot be read.", e);
        }
        return -1;
    }
}
