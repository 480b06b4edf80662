package dev.pawl.gateway.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Shows an agent no description of a tool but the one that is held. A description is read by the model as if its owner had
 * written it, so one that changes after it was looked at is how a server takes an agent over. Thread-safe.
 */
final class Lists {
    private final String server;
    private final Pins pins;
    private final Changes changes;
    private final Runnable renewed;

    /** {@code renewed} is called when the agent may see another description than before. */
    Lists(String server, Pins pins, Changes changes, Runnable renewed) {
        this.server = server;
        this.pins = pins;
        this.changes = changes;
        this.renewed = renewed;
    }

    /** The message with what is held in place of what is offered; empty where it is shown as it is. */
    Optional<byte[]> shown(String message, List<Message.Listed> tools) {
        StringBuilder text = new StringBuilder(message.length());
        int at = 0;
        boolean changed = false;
        for (Message.Listed tool : tools) {
            Optional<String> held = held(tool);
            if (held.isEmpty() || !held.get().equals(tool.json())) {
                text.append(message, at, tool.from());
                at = tool.to();
                changed = true;
                if (held.isPresent()) {
                    text.append(held.get());
                } else {
                    at = without(text, message, at);
                }
            }
        }
        return changed
                ? Optional.of(
                        text.append(message, at, message.length()).toString().getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** A list goes without this one: one comma goes too. Returns where the rest goes on. */
    private static int without(StringBuilder before, String message, int end) {
        int next = end;
        while (next < message.length() && Character.isWhitespace(message.charAt(next))) {
            next++;
        }
        if (next < message.length() && message.charAt(next) == ',') {
            return next + 1;
        }
        int last = before.length();
        while (last > 0 && Character.isWhitespace(before.charAt(last - 1))) {
            last--;
        }
        if (last > 0 && before.charAt(last - 1) == ',') {
            before.setLength(last - 1);
        }
        return next;
    }

    /** What is shown of a tool; empty for nothing. */
    private Optional<String> held(Message.Listed tool) {
        if (tool.json().length() > Definition.LONGEST) {
            return Optional.empty();
        }
        try {
            Definition offered = Definition.of(tool.json());
            Definition held = pins.held(server, tool.name(), offered);
            if (held.digest().equals(offered.digest())) {
                return Optional.of(tool.json());
            }
            changes.changed(server, tool.name(), held, offered, () -> agreed(tool.name(), offered));
            return Optional.of(held.json());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private void agreed(String tool, Definition offered) {
        try {
            pins.agreed(server, tool, offered);
            renewed.run();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
