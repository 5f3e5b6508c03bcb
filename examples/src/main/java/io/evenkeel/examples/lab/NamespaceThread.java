package io.evenkeel.examples.lab;

import com.sun.jna.LastErrorException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code of this process inside another network namespace. */
final class NamespaceThread {
    private final Libc libc;
    private final Path namespaceFile;

    NamespaceThread(Libc libc, Path namespaceFile) {
        this.libc = libc;
        this.namespaceFile = namespaceFile;
    }

    /**
     * Runs {@code task} on a new thread that has entered the namespace and waits for it. The thread
     * ends with the task: a thread that has changed its namespace is never reused.
     */
    <T> T call(String what, Callable<T> task) throws Exception {
        FutureTask<T> future =
                new FutureTask<>(
                        () -> {
                            enter();
                            return task.call();
                        });
        Thread thread = new Thread(future, "lab-" + what);
        thread.setDaemon(true);
        thread.start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    private void enter() {
        int fd = -1;
        try {
            fd = libc.open(namespaceFile.toString(), Libc.O_RDONLY);
            libc.setns(fd, Libc.CLONE_NEWNET);
        } catch (LastErrorException e) {
            throw new LabException(
                    "The network namespace " + namespaceFile + " cannot be entered: " + e, e);
        } finally {
            if (fd >= 0) {
                libc.close(fd);
            }
        }
    }
}
