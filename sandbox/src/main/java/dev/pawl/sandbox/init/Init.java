package dev.pawl.sandbox.init;

import dev.pawl.sandbox.linux.Channel;
import dev.pawl.sandbox.linux.Fd;
import dev.pawl.sandbox.linux.Kernel;
import dev.pawl.sandbox.linux.Sys;
import dev.pawl.sandbox.seccomp.Filter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The first program of a sandbox. Speaks with the supervisor over descriptor {@value #CHANNEL}:
 *
 * <ol>
 *   <li>sends the sockets it opened (see {@link Sockets}), in the run's own network namespace;
 *   <li>waits for {@link Orders}, in a memory file, with the agent's standard descriptors;
 *   <li>writes the small files, makes the terminal, sends its master side;
 *   <li>where only some programs may run, gives up the others (see {@link ProgramRules});
 *   <li>loads the filter, sends the listener;
 *   <li>becomes the agent. Whatever fails is sent as one line of text, and the exit status is 125, as that of env(1).
 * </ol>
 *
 * One platform thread does all of it; execve ends the others. Nothing of Java is left in the agent.
 */
public final class Init {
    /** Where the channel to the supervisor is found. */
    public static final int CHANNEL = 3;

    private static final int FAILED = 125;
    private static final int SIG_SETMASK = 2;
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    private Init() {}

    public static void main(String[] args) {
        Channel channel = new Channel(CHANNEL);
        int status = FAILED;
        try {
            Sockets.open().sendTo(channel);
            Channel.Message message = channel.receive();
            if (!message.fds().isEmpty()) {
                status = become(channel, message.fds());
            }
        } catch (IOException | RuntimeException e) {
            complain(channel, String.valueOf(e.getMessage()));
        }
        Kernel.call(Sys.EXIT_GROUP, status, 0, 0);
    }

    private static int become(Channel channel, List<Fd> fds) throws IOException {
        Orders orders;
        try (Fd memory = fds.getFirst()) {
            orders = Orders.decode(memory.readAll());
        }
        SmallFiles.write(orders.files());
        Kernel.check(Sys.SETSID, 0, 0, 0);
        standard(channel, orders, fds.subList(1, fds.size()));
        limit(orders.limits());
        try (Arena arena = Arena.ofConfined()) {
            Kernel.check(Sys.CHDIR, Kernel.text(arena, orders.directory()).address(), 0, 0);
            Execution execution = Execution.prepare(arena, orders);
            Kernel.check(Sys.UMASK, 022, 0, 0);
            Kernel.check(Sys.CLOSE_RANGE, 3, 0xffff_ffffL, CLOSE_RANGE_CLOEXEC);
            resetSignals(arena);
            if (orders.programs().isPresent()) {
                ProgramRules.apply(orders.programs().get());
            }
            try (Fd listener = Filter.install(orders.programs().isPresent())) {
                channel.send(new byte[] {'L'}, listener.number());
                Execution.Failure failure = execution.run();
                complain(channel, failure.message());
                return failure.status();
            }
        }
    }

    /** Puts terminal or given descriptors on 0, 1 and 2. */
    private static void standard(Channel channel, Orders orders, List<Fd> given) throws IOException {
        Fd.Pair terminal = null;
        if (orders.wantsTerminal()) {
            terminal = Terminal.open(orders.rows(), orders.columns());
            channel.send(new byte[] {'T'}, terminal.first().number());
            terminal.first().close();
        }
        int next = 0;
        for (int fd = 0; fd < 3; fd++) {
            Fd source = orders.terminal().get(fd) && terminal != null ? terminal.second() : given.get(next++);
            Kernel.check(Sys.DUP3, source.number(), fd, 0);
        }
    }

    static void limit(List<Orders.Limit> limits) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            for (Orders.Limit limit : limits) {
                MemorySegment pair = arena.allocateFrom(ValueLayout.JAVA_LONG, limit.value(), limit.value());
                Kernel.check(Sys.PRLIMIT64, 0, limit.resource(), pair.address(), 0);
            }
        }
    }

    /** The JVM's handlers go with execve, what is ignored or blocked would stay. */
    static void resetSignals(Arena arena) {
        MemorySegment defaults = arena.allocate(64, 8);
        for (int signal = 1; signal <= 64; signal++) {
            Kernel.call(Sys.RT_SIGACTION, signal, defaults.address(), 0, 8);
        }
        Kernel.call(Sys.RT_SIGPROCMASK, SIG_SETMASK, defaults.address(), 0, 8);
    }

    private static void complain(Channel channel, String message) {
        try {
            byte[] text = ("E" + message).getBytes(StandardCharsets.UTF_8);
            channel.send(text.length > Channel.MAX_BYTES ? Arrays.copyOf(text, Channel.MAX_BYTES) : text);
        } catch (IOException e) {
            // The supervisor is gone, and this sandbox with it.
            Kernel.call(Sys.EXIT_GROUP, FAILED, 0, 0);
        }
    }
}
