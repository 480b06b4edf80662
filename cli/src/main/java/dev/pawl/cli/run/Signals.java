package dev.pawl.cli.run;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Signals that somebody sends to {@code pawl run} are meant for the agent. By reflection, because the compiler warns of
 * every mention of the JDK's only signal interface and cannot be told not to; on a thread of its own, because a proxy
 * class takes a while to make and no start should wait for it.
 */
public final class Signals {
    private static final Map<String, Integer> FORWARDED = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private Signals() {}

    /** From now on hands the numbers of HUP, INT and TERM to {@code agent} instead of dying of them. */
    public static void forward(IntConsumer agent) {
        Thread.ofPlatform()
                .daemon()
                .name("pawl-signals")
                .start(() -> FORWARDED.forEach((name, number) -> handle(name, () -> agent.accept(number))));
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            System.err.println("pawl: signal " + name + " will end Pawl and with it the agent: " + e);
        }
    }
}
