package dev.pawl.gateway.inspect;

import dev.pawl.core.Attempt;
import dev.pawl.core.Body;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Holding;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.Terms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One inspected connection between two channels in memory. An input is a list of parts: a byte whose lowest bit says whose,
 * two of length, the bytes. Whatever both say, a server reads only requests that were allowed, no more than were, and the
 * end comes once.
 */
final class Talk {
    private static final int HEAD = 3;
    private static final Decision NO = Decision.deny("default", null, "not granted");

    private final EmbeddedChannel agent = new EmbeddedChannel();
    private final EmbeddedChannel server = new EmbeddedChannel();
    private int allowed;
    private int ended;
    private boolean upgraded;

    private final Monitor monitor = new Monitor() {
        @Override
        public Judged judge(Attempt attempt, @Nullable ProcessInfo process) {
            throw new UnsupportedOperationException("requests may wait");
        }

        @Override
        public Verdict judge(Attempt attempt, ProcessInfo process, @Nullable String cause, Holding holding) {
            boolean open = ((Attempt.Request) attempt).path().startsWith("/r/");
            allowed += open ? 1 : 0;
            return new Verdict(new Judged(open ? Decision.allow("r", "open") : NO, "e"), Optional.empty());
        }

        @Override
        public String record(
                Body body, @Nullable ProcessInfo process, @Nullable String cause, @Nullable Decision decision) {
            if (decision != null && decision.rule().equals(Denials.BROKEN)) {
                throw new AssertionError(decision.because());
            }
            return "e";
        }
    };

    private static final Traffic TRAFFIC = new Traffic() {
        @Override
        public int allowance(int wanted) {
            return wanted;
        }

        @Override
        public void sent(int bytes) {}

        @Override
        public void received(int bytes) {}

        @Override
        public void spent() {
            throw new AssertionError("there is no budget");
        }
    };

    private Http1 http() {
        Egress.Passage passage = new Egress.Passage(
                new Attempt.Connect(
                        Attempt.Transport.TCP, Optional.of("api.example"), InetAddress.ofLiteral("198.18.0.1"), 443),
                new Terms(Protocol.TLS),
                new ProcessInfo(1, 0, "/usr/bin/curl", List.of("curl"), "/", "dev"),
                new Monitor.Judged(Decision.allow("g", "granted"), "c"),
                Optional.empty());
        Setting setting = new Setting(
                agent.eventLoop(),
                new Desk(monitor, Runnable::run, agent.eventLoop()),
                (_, _) -> "next",
                List.of(),
                passage,
                "f",
                FuzzTarget.AUTHORITY,
                "https",
                OptionalLong.of(256),
                Limits.USUAL,
                new Standstill(),
                () -> true);
        return new Http1(setting, TRAFFIC, new Peer(agent), new Peer(server), () -> ended++);
    }

    static void check(byte[] input) {
        Talk talk = new Talk();
        Http1 http = talk.http();
        ByteBuf reached = Unpooled.buffer();
        for (int at = 0; at + HEAD < input.length; ) {
            int length = (input[at + 1] & 0x07) << 8 | (input[at + 2] & 0xff);
            int to = Math.min(input.length, at + HEAD + Math.max(1, length));
            ByteBuf bytes = Unpooled.copiedBuffer(input, at + HEAD, to - at - HEAD);
            boolean says = (input[at] & 1) == 0;
            if (says) {
                http.agent(bytes);
            } else {
                talk.upgraded |= bytes.toString(StandardCharsets.ISO_8859_1).contains("101");
                http.server(bytes);
            }
            for (int i = 0; i < 4; i++) {
                talk.agent.runPendingTasks();
            }
            read(talk.server, reached);
            at = to;
        }
        http.abort();
        read(talk.agent, Unpooled.buffer());
        if (talk.ended != 1) {
            throw new IllegalStateException("ended " + talk.ended + " times");
        }
        talk.requests(reached);
    }

    private static void read(EmbeddedChannel channel, ByteBuf into) {
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            into.writeBytes(part);
            part.release();
        }
    }

    /** What a server reads: granted requests, the last perhaps broken off. */
    private void requests(ByteBuf reached) {
        int count = 0;
        while (reached.isReadable()) {
            String shown = reached.toString(StandardCharsets.ISO_8859_1);
            if (!(new HeadReader(false).read(reached) instanceof HeadReader.Result.Whole whole)
                    || !(Opening.of(whole.first(), whole.fields(), "https", FuzzTarget.AUTHORITY)
                            instanceof Opening.Request request)
                    || !request.path().startsWith("/r/")) {
                throw new IllegalStateException("a server reads what was not granted: " + shown);
            }
            count++;
            if (request.upgrade() && upgraded) {
                return; // What follows is no HTTP.
            }
            BodyReader reader = new BodyReader(request.framing());
            BodyReader.Step step = reader.next(reached);
            while (step instanceof BodyReader.Step.Part(ByteBuf part)) {
                part.release();
                step = reader.next(reached);
            }
            if (step instanceof BodyReader.Step.Bad || (step instanceof BodyReader.Step.More && reached.isReadable())) {
                throw new IllegalStateException("a server reads a body that is none: " + shown);
            }
        }
        if (count > allowed) {
            throw new IllegalStateException("a server reads " + count + " requests, allowed were " + allowed);
        }
    }
}
