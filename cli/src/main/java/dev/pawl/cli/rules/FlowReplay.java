package dev.pawl.cli.rules;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.gateway.identify.Datagrams;
import dev.pawl.gateway.identify.Identifier;
import dev.pawl.gateway.identify.Identity;
import dev.pawl.gateway.identify.Traffic;
import dev.pawl.gateway.identify.Way;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the protocols of recorded flows from their recorded payloads, as the gateway does with live ones. A flow is told
 * when it closes, or at the end of the record. Not thread-safe.
 */
final class FlowReplay {
    /** Flows, and connections, that are kept in mind; of more the oldest is told as it stands. */
    private static final int MOST = 100_000;

    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, String> transports = new LinkedHashMap<>();

    /** What is known of one flow so far. */
    private static final class Open {
        private final Identifier connection = new Identifier();
        private final Datagrams datagrams = new Datagrams();
        private final boolean tcp;
        private final Event event;
        private final Body.Flow flow;
        private final Traffic traffic;
        private long sent;
        private long received;

        Open(Event event, Body.Flow flow, boolean tcp) {
            this.event = event;
            this.flow = flow;
            this.tcp = tcp;
            this.traffic = new Traffic(flow.opened().toEpochMilli());
        }

        void take(boolean out, byte[] bytes, long now) {
            Way way = out ? Way.OUT : Way.IN;
            traffic.note(way, bytes.length, now);
            sent += out ? bytes.length : 0;
            received += out ? 0 : bytes.length;
            if (tcp) {
                var _ = connection.take(way, bytes, 0, bytes.length);
            } else {
                var _ = datagrams.take(way, bytes, bytes.length);
            }
        }

        /** A flow that the gateway named itself is recorded without payloads, and stays as it is. */
        boolean unnamed() {
            return sent + received > 0 || flow.protocol().equals("unknown");
        }

        Identity identity() {
            return tcp ? connection.identity() : datagrams.identity();
        }
    }

    /** The flow that this event completes, with the protocol found; empty where it completes none that is known. */
    Optional<Event> take(Event event) {
        return switch (event.body()) {
            case Body.Connect connect -> {
                bounded(transports, event.id(), connect.transport());
                yield Optional.empty();
            }
            case Body.Flow flow -> flow(event, flow);
            case Body.Payload payload -> {
                payload(event, payload);
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<Event> flow(Event event, Body.Flow flow) {
        Open known = open.get(flow.flow());
        if (flow.closed() == null) {
            return known == null ? begin(event, flow) : Optional.empty();
        }
        open.remove(flow.flow());
        return known == null || !known.unnamed() ? Optional.empty() : Optional.of(told(known, event, flow));
    }

    private Optional<Event> begin(Event event, Body.Flow flow) {
        boolean tcp = event.cause() == null || !"udp".equals(transports.get(event.cause()));
        Open oldest = bounded(open, flow.flow(), new Open(event, flow, tcp));
        return Optional.ofNullable(oldest).filter(Open::unnamed).map(FlowReplay::unfinished);
    }

    private void payload(Event event, Body.Payload payload) {
        Open known = open.get(payload.flow());
        if (known != null) {
            known.take(payload.out(), bytes(payload.data()), event.time().toEpochMilli());
        }
    }

    /** What is no base64 is no payload. */
    private static byte[] bytes(String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** The flows that never closed, oldest first. */
    List<Event> rest() {
        List<Event> rest = new ArrayList<>();
        open.values().stream().filter(Open::unnamed).map(FlowReplay::unfinished).forEach(rest::add);
        open.clear();
        return rest;
    }

    private static Event unfinished(Open known) {
        Body.Flow flow = known.flow;
        Body.Flow counted = new Body.Flow(
                flow.flow(),
                flow.host(),
                flow.address(),
                flow.port(),
                flow.protocol(),
                known.sent,
                known.received,
                flow.opened(),
                null);
        return told(known, known.event, counted);
    }

    private static Event told(Open known, Event event, Body.Flow flow) {
        Identity identity = known.identity();
        Body.Spoken spoken =
                identity.spoken(null, known.traffic.course(event.time().toEpochMilli()));
        Body.Flow named = new Body.Flow(
                flow.flow(),
                flow.host(),
                flow.address(),
                flow.port(),
                identity.protocol(),
                flow.sent(),
                flow.received(),
                flow.opened(),
                flow.closed(),
                spoken);
        return new Event(
                event.id(),
                event.time(),
                event.agent(),
                event.run(),
                event.cause(),
                event.process(),
                named,
                event.decision());
    }

    /** Puts it there and gives back the oldest where there are too many now. */
    private static <T> @Nullable T bounded(Map<String, T> map, String key, T value) {
        map.put(key, value);
        if (map.size() <= MOST) {
            return null;
        }
        String oldest = map.keySet().iterator().next();
        return map.remove(oldest);
    }
}
