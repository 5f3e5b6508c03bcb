package io.evenkeel.examples;

import java.lang.reflect.Proxy;

/**
 * Operating system signals, through {@code sun.misc.Signal}: the JDK has no other way to tell SIGHUP from SIGTERM. It is
 * called by reflection since the compiler warns of that class whatever one says, and warnings are errors here.
 */
final class Signals {
    private Signals() {}

    /**
     * Runs {@code action} on a thread of the JVM each time the signal arrives, in place of the JVM's own reaction.
     *
     * @param name without {@code SIG}: {@code TERM}, {@code INT}, {@code HUP}
     * @return false if this JVM does not let signals be handled, as with {@code -Xrs}; its own reaction stays then
     */
    static boolean handle(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object handler =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handlerType},
                            (proxy, method, args) -> {
                                switch (method.getName()) {
                                    case "handle" -> action.run();
                                    case "hashCode" -> {
                                        return System.identityHashCode(proxy);
                                    }
                                    case "equals" -> {
                                        return proxy == args[0];
                                    }
                                    case "toString" -> {
                                        return "handler of SIG" + name;
                                    }
                                    default ->
                                            throw new IllegalStateException(
                                                    "unexpected call of " + method);
                                }
                                return null;
                            });
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
