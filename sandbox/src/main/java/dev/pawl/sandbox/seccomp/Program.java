package dev.pawl.sandbox.seccomp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small assembler for classic BPF over {@code struct seccomp_data} (Documentation/userspace-api/seccomp_filter.rst).
 * Jumps go forward to named labels; targets more than 255 instructions away are an error at assembly.
 */
final class Program {
    private static final int LD_W_ABS = 0x20;
    private static final int ALU_AND = 0x54;
    private static final int JA = 0x05;
    private static final int JEQ = 0x15;
    private static final int JGT = 0x25;
    private static final int JSET = 0x45;
    private static final int RET = 0x06;

    /** Offsets in {@code struct seccomp_data}. */
    static final int NUMBER = 0;

    static final int ARCH = 4;

    private static final int ARGUMENTS = 16;

    private record Instruction(int code, String whenTrue, String whenFalse, int k) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();

    Program load(int offset) {
        return add(LD_W_ABS, "", "", offset);
    }

    /** Loads the low 32 bits of an argument (both architectures are little-endian). */
    Program loadLow(int argument) {
        return load(ARGUMENTS + 8 * argument);
    }

    Program loadHigh(int argument) {
        return load(ARGUMENTS + 8 * argument + 4);
    }

    Program and(int mask) {
        return add(ALU_AND, "", "", mask);
    }

    /** Jumps to a label if the accumulator equals {@code k}, else falls through. */
    Program ifEqual(int k, String label) {
        return add(JEQ, label, "", k);
    }

    Program ifNotEqual(int k, String label) {
        return add(JEQ, "", label, k);
    }

    /** Unsigned comparison. */
    Program ifGreater(int k, String label) {
        return add(JGT, label, "", k);
    }

    Program ifAnyBit(int mask, String label) {
        return add(JSET, label, "", mask);
    }

    Program jump(String label) {
        return add(JA, label, "", 0);
    }

    Program answer(int action) {
        return add(RET, "", "", action);
    }

    Program label(String name) {
        if (labels.put(name, instructions.size()) != null) {
            throw new IllegalStateException("label twice: " + name);
        }
        return this;
    }

    /** {@code struct sock_fprog} with its instructions. */
    MemorySegment assemble(Arena arena) {
        MemorySegment code = arena.allocate(8L * instructions.size(), 8);
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            long at = 8L * i;
            code.set(ValueLayout.JAVA_SHORT, at, (short) instruction.code);
            if (instruction.code == JA) {
                code.set(ValueLayout.JAVA_INT, at + 4, target(instruction.whenTrue) - i - 1);
            } else {
                code.set(ValueLayout.JAVA_BYTE, at + 2, distance(instruction.whenTrue, i));
                code.set(ValueLayout.JAVA_BYTE, at + 3, distance(instruction.whenFalse, i));
                code.set(ValueLayout.JAVA_INT, at + 4, instruction.k);
            }
        }
        MemorySegment program = arena.allocate(16, 8);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) instructions.size());
        program.set(ValueLayout.JAVA_LONG, 8, code.address());
        return program;
    }

    private byte distance(String label, int from) {
        if (label.isEmpty()) {
            return 0;
        }
        int to = target(label);
        if (to - from - 1 > 255 || to <= from) {
            throw new IllegalStateException("no forward jump within 255 instructions to " + label);
        }
        return (byte) (to - from - 1);
    }

    private int target(String label) {
        Integer to = labels.get(label);
        if (to == null) {
            throw new IllegalStateException("no label " + label);
        }
        return to;
    }

    private Program add(int code, String whenTrue, String whenFalse, int k) {
        instructions.add(new Instruction(code, whenTrue, whenFalse, k));
        return this;
    }
}
