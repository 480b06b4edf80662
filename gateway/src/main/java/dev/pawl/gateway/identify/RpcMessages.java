package dev.pawl.gateway.identify;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts messages together from what a {@link JsonReader} tells; the elements of a batch are messages of their own. */
final class RpcMessages implements JsonEvents {
    /** What the innermost open object or list is. */
    private enum Kind {
        BATCH,
        OBJECT,
        LIST,
        OTHER
    }

    private record Level(Kind kind, RpcMessage.Place place) {}

    private static final int DEPTH = 8;

    private final Consumer<RpcMessage> listener;
    private final Level[] levels = new Level[DEPTH];
    private int depth;
    private String name = "";
    private @Nullable RpcMessage message;

    RpcMessages(Consumer<RpcMessage> listener) {
        this.listener = listener;
    }

    /** The message that is not whole yet, null where none has begun. */
    @Nullable
    RpcMessage open() {
        return message;
    }

    @Override
    public void begin(boolean object) {
        Level next = level(object);
        if (depth < DEPTH) {
            levels[depth] = next;
        }
        depth++;
    }

    private Level level(boolean object) {
        Level around = current();
        RpcMessage.Place top = RpcMessage.Place.TOP;
        if (depth == 0 && !object) {
            return new Level(Kind.BATCH, top);
        }
        if (depth == 0 || (around.kind() == Kind.BATCH && object)) {
            message = new RpcMessage();
            return new Level(Kind.OBJECT, top);
        }
        if (around.kind() == Kind.OBJECT) {
            value(object ? RpcMessage.MARK + "{" : RpcMessage.MARK + "[");
            RpcMessage.Place inner = inner(around.place());
            return inner == null ? other() : new Level(object ? Kind.OBJECT : Kind.LIST, inner);
        }
        if (around.kind() == Kind.LIST) {
            return new Level(object ? Kind.OBJECT : Kind.LIST, around.place());
        }
        return other();
    }

    private RpcMessage.@Nullable Place inner(RpcMessage.Place place) {
        return switch (place) {
            case TOP ->
                switch (name) {
                    case "params", "body" -> RpcMessage.Place.PARAMS;
                    case "result" -> RpcMessage.Place.RESULT;
                    case "job" -> RpcMessage.Place.JOB;
                    default -> null;
                };
            case PARAMS ->
                switch (name) {
                    case "job" -> RpcMessage.Place.JOB;
                    case "algo" -> RpcMessage.Place.ALGORITHMS;
                    default -> null;
                };
            case RESULT -> name.equals("job") ? RpcMessage.Place.JOB : null;
            case JOB, ALGORITHMS -> null;
        };
    }

    private static Level other() {
        return new Level(Kind.OTHER, RpcMessage.Place.TOP);
    }

    private Level current() {
        return depth == 0 || depth > DEPTH ? other() : levels[depth - 1];
    }

    @Override
    public void end() {
        Level ended = current();
        depth--;
        if (ended.kind() == Kind.OBJECT && ended.place() == RpcMessage.Place.TOP && message != null) {
            RpcMessage whole = message;
            message = null;
            listener.accept(whole);
        }
    }

    @Override
    public void name(String text) {
        name = text;
    }

    @Override
    public void string(String text) {
        value(text);
    }

    @Override
    public void word(String text) {
        value(RpcMessage.MARK + text.charAt(0));
    }

    private void value(String text) {
        Level around = current();
        if (message == null) {
            return;
        }
        if (around.kind() == Kind.OBJECT) {
            message.member(around.place(), name, text);
        } else if (around.kind() == Kind.LIST && !text.startsWith(RpcMessage.MARK)) {
            message.text(around.place(), text);
        }
    }

    @Override
    public void broken() {
        depth = 0;
        message = null;
    }
}
