package io.evenkeel.lb.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;

/** Makes the threads of one proxy on which its observers may be told something, and knows them again. */
final class ProxyThreads {
    /** A thread, and whose. */
    private static final class Owned extends FastThreadLocalThread {
        private final ProxyThreads owner;

        Owned(ProxyThreads owner, ThreadGroup group, Runnable task, String name) {
            super(group, task, name);
            this.owner = owner;
        }
    }

    private final class Factory extends DefaultThreadFactory {
        Factory(String name, boolean daemon) {
            super(name, daemon);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new Owned(ProxyThreads.this, threadGroup, task, name);
        }
    }

    /** Of threads that are called so, and numbered. */
    ThreadFactory factory(String name, boolean daemon) {
        return new Factory(name, daemon);
    }

    /**
     * To be called before anything that waits for the proxy's threads, and before any lock is taken under which another thread may.
     *
     * @param method that was called
     * @throws IllegalStateException if the current thread is one of them: it would wait for itself
     */
    void refuseOwn(String method) {
        Thread current = Thread.currentThread();
        if (current instanceof Owned owned && owned.owner == this) {
            throw new IllegalStateException(
                    "TcpProxy."
                            + method
                            + " was called on "
                            + current.getName()
                            + ", a thread of the proxy itself, for which it would wait for ever; an"
                            + " observer has to call it on another thread. Nothing was changed.");
        }
    }
}
