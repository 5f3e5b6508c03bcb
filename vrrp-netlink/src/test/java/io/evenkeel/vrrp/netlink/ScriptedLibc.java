package io.evenkeel.vrrp.netlink;

import com.sun.jna.Pointer;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;

/** A C library of which one descriptor is read: what {@code recv} returns is a list. All other calls succeed. */
final class ScriptedLibc {
    private static final int FD = 7;

    private final Deque<Object> results = new ArrayDeque<>();
    private int reads;

    /** Has the next read fail. */
    ScriptedLibc thenFail(int errno) {
        results.add((long) -errno);
        return this;
    }

    /** Has the next read give these bytes. */
    ScriptedLibc then(String... hex) {
        results.add(Hex.bytes(Hex.lines(hex)).array());
        return this;
    }

    /** How often it was read from. */
    int reads() {
        return reads;
    }

    Libc libc() {
        return (Libc)
                Proxy.newProxyInstance(
                        Libc.class.getClassLoader(),
                        new Class<?>[] {Libc.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("recv")) {
                                return recv((long) arguments[1]);
                            }
                            boolean socket = method.getName().equals("socket");
                            return method.getReturnType() == long.class
                                    ? (Object) 0L
                                    : (Object) (socket ? FD : 0);
                        });
    }

    private long recv(long address) {
        reads++;
        Object result = results.poll();
        if (result instanceof byte[] bytes) {
            new Pointer(address).write(0, bytes, 0, bytes.length);
            return bytes.length;
        }
        return result == null ? -Errno.EAGAIN : (long) result;
    }
}
