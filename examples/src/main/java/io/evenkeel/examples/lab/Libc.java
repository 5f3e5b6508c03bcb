package io.evenkeel.examples.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;

/** The few calls of the C library that neither the JDK nor the ip command offers. */
interface Libc extends Library {
    int CLONE_NEWNET = 0x4000_0000;
    int O_RDONLY = 0;

    static Libc load() {
        return Native.load("c", Libc.class);
    }

    int open(String path, int flags) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    int setns(int fd, int kind) throws LastErrorException;

    int kill(int pid, int signal) throws LastErrorException;
}
