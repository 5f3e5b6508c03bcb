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
     * @return false if the signal does not reach the action: this JVM does not let signals be handled, as with {@code -Xrs},
     *     or was started with it ignored, as by {@code nohup}
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
            Object before =
                    signalType
                            .getMethod("handle", signalType, handlerType)
                            .invoke(null, signal, handler);
            return before != handlerType.getField("SIG_IGN").get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
