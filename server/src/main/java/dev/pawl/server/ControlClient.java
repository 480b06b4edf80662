package dev.pawl.server;

import dev.pawl.ledger.JsonObject;
import dev.pawl.ledger.JsonOut;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Gives orders to a live run. Stateless, thread-safe. */
public final class ControlClient {
    private static final int MAX_ANSWER_BYTES = JsonObject.MAX_BYTES;

    private ControlClient() {}

    /** Gives one order and waits for the answer. Never throws: no answer in time is {@link ControlAnswer.Silent}. */
    public static ControlAnswer ask(Path socket, ControlOrder order, Duration timeout) {
        return ask(socket, order, out -> {}, timeout);
    }

    /** As the shorter form, with further members of the order. */
    static ControlAnswer ask(Path socket, ControlOrder order, Consumer<JsonOut> members, Duration timeout) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Deadline _ = new Deadline(channel, timeout)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ControlLine.write(
                    channel,
                    new JsonOut()
                            .text("do", order.text())
                            .text("actor", Users.name())
                            .also(members)
                            .line());
            return ControlAnswer.parse(order, ControlLine.read(channel, MAX_ANSWER_BYTES));
        } catch (IOException e) {
            return new ControlAnswer.Silent(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
