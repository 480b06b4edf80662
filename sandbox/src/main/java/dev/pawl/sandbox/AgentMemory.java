package dev.pawl.sandbox;

import dev.pawl.core.ProcessInfo;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a waiting call points to. By {@code process_vm_readv}: a process that made itself non-dumpable hides
 * /proc/PID/mem. What is read may be changed by another thread of the agent at any time, so it is only ever used by
 * value. Thread-safe.
 */
final class AgentMemory {
    private static final int PAGE = 4096;
    private static final int MAX_PATH = 4096;
    /** The kernel takes arguments and environment of at most 6 MiB together (_STK_LIM / 4 * 3, fs/exec.c). */
    private static final long MAX_VECTOR = 6L << 20;

    private static final byte[] NOTHING = {};

    private record Scratch(MemorySegment vectors, MemorySegment data) {}

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(
            () -> new Scratch(Arena.ofAuto().allocate(32, 8), Arena.ofAuto().allocate(PAGE)));

    private AgentMemory() {}

    /** Exactly {@code count} (at most a page) bytes, or none if they cannot all be read. */
    static byte[] exactly(int pid, long address, int count) {
        byte[] read = some(pid, address, count);
        return read.length == count ? read : NOTHING;
    }

    /** A zero-terminated text of at most a path's length. */
    static String text(int pid, long address) {
        return text(pid, address, MAX_PATH);
    }

    /** A null-terminated array of texts, cut to what an event holds. */
    static List<String> texts(int pid, long address) {
        List<String> texts = new ArrayList<>();
        int bytes = 0;
        long at = address;
        while (address != 0) {
            byte[] pointer = exactly(pid, at, 8);
            long target =
                    pointer.length == 8 ? MemorySegment.ofArray(pointer).get(ValueLayout.JAVA_LONG_UNALIGNED, 0) : 0;
            if (target == 0) {
                break;
            }
            int room = ProcessInfo.MAX_ARGUMENT_BYTES - bytes;
            if (texts.size() == ProcessInfo.MAX_ARGUMENTS || room <= 0) {
                texts.add("…");
                break;
            }
            String text = text(pid, target, room);
            texts.add(text);
            bytes += text.length() + 1;
            at += 8;
        }
        return texts;
    }

    /**
     * SHA-256 in hex of a null-terminated array of texts, all of it.
     *
     * @throws IOException if it cannot be read, or is longer than any call the kernel would carry out
     */
    static String digest(int pid, long address) throws IOException {
        MessageDigest digest = Contents.sha256();
        long left = MAX_VECTOR;
        long at = address;
        long target = at == 0 ? 0 : pointer(pid, at);
        while (target != 0) {
            left -= 8 + feed(pid, target, left, digest);
            if (left < 0) {
                throw new IOException("the arguments or the environment are too long");
            }
            at += 8;
            target = pointer(pid, at);
        }
        return Contents.hex(digest);
    }

    private static long pointer(int pid, long at) throws IOException {
        byte[] pointer = exactly(pid, at, 8);
        if (pointer.length != 8) {
            throw new IOException("the arguments or the environment cannot be read");
        }
        return MemorySegment.ofArray(pointer).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    /** Feeds one text with its terminating zero, and returns its length. */
    private static long feed(int pid, long address, long limit, MessageDigest digest) throws IOException {
        long length = 0;
        while (length <= limit) {
            long at = address + length;
            byte[] part = some(pid, at, (int) (PAGE - Math.floorMod(at, (long) PAGE)));
            if (part.length == 0) {
                throw new IOException("the arguments or the environment cannot be read");
            }
            int end = 0;
            while (end < part.length && part[end] != 0) {
                end++;
            }
            digest.update(part, 0, Math.min(end + 1, part.length));
            length += end;
            if (end < part.length) {
                return length;
            }
        }
        return length;
    }

    /** The beginnings of a null-terminated array's texts, at most so many of so many bytes. */
    static List<String> beginnings(int pid, long address, int most, int bytes) throws IOException {
        List<String> texts = new ArrayList<>();
        long at = address;
        long target = at == 0 ? 0 : pointer(pid, at);
        while (target != 0 && texts.size() < most) {
            texts.add(text(pid, target, bytes));
            at += 8;
            target = pointer(pid, at);
        }
        return texts;
    }

    private static String text(int pid, long address, int limit) {
        byte[] collected = new byte[Math.min(limit, 256)];
        int length = 0;
        long at = address;
        while (length < limit) {
            // Not across a page border, beyond which nothing may be mapped.
            int count = (int) Math.min(PAGE - Math.floorMod(at, (long) PAGE), limit - length);
            byte[] part = some(pid, at, Math.min(count, length == 0 ? 256 : PAGE));
            for (int i = 0; i < part.length; i++) {
                if (part[i] == 0) {
                    collected = append(collected, length, part, i);
                    return new String(collected, 0, length + i, StandardCharsets.UTF_8);
                }
            }
            collected = append(collected, length, part, part.length);
            length += part.length;
            at += part.length;
            if (part.length == 0) {
                return new String(collected, 0, length, StandardCharsets.UTF_8);
            }
        }
        return new String(collected, 0, length, StandardCharsets.UTF_8) + "…";
    }

    private static byte[] append(byte[] to, int length, byte[] part, int count) {
        byte[] room = to.length >= length + count ? to : java.util.Arrays.copyOf(to, (length + count) * 2);
        System.arraycopy(part, 0, room, length, count);
        return room;
    }

    private static byte[] some(int pid, long address, int count) {
        if (count <= 0 || count > PAGE) {
            return NOTHING;
        }
        Scratch scratch = SCRATCH.get();
        MemorySegment vectors = scratch.vectors;
        vectors.set(ValueLayout.JAVA_LONG, 0, scratch.data.address());
        vectors.set(ValueLayout.JAVA_LONG, 8, count);
        vectors.set(ValueLayout.JAVA_LONG, 16, address);
        vectors.set(ValueLayout.JAVA_LONG, 24, count);
        long read = Kernel.call(Sys.PROCESS_VM_READV, pid, vectors.address(), 1, vectors.address() + 16, 1, 0);
        return read <= 0 ? NOTHING : scratch.data.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE);
    }
}
