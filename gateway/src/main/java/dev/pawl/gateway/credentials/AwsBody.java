package dev.pawl.gateway.credentials;

import dev.pawl.gateway.credentials.AwsSignature.Unusable;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Ruling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the body of a request has to do with its signature. Used on one event loop. */
final class AwsBody {
    private final @Nullable AwsChunks chunks;
    private final @Nullable AwsKey key;
    private final Room room;
    private final boolean none;
    private final MessageDigest digest = AwsSigner.sha256();
    private int length;

    private AwsBody(@Nullable AwsChunks chunks, @Nullable AwsKey key, Room room, boolean none) {
        this.chunks = chunks;
        this.key = key;
        this.room = room;
        this.none = none;
    }

    /** Its chunks are signed. */
    static AwsBody chunks(AwsChunks chunks) {
        return new AwsBody(chunks, null, new Room(), false);
    }

    /** Nothing says its digest. Methods that have no body are signed as such, since upgrades are among them. */
    static AwsBody unknown(AwsKey key, Room room, String method) {
        return new AwsBody(null, key, room, method.equals("GET") || method.equals("HEAD"));
    }

    /** Whether the head waits for it. */
    boolean comesFirst() {
        return chunks == null && !none;
    }

    Ruling take(ByteBuf part, boolean last) throws Unusable {
        int count = part.readableBytes();
        if (chunks != null) {
            byte[] again = chunks.take(ByteBufUtil.getBytes(part));
            if (last && !chunks.whole()) {
                throw new Unusable("its body ends within a signed chunk");
            }
            return new Ruling.Replace(count, Unpooled.wrappedBuffer(again));
        }
        if (none && count > 0) {
            throw new Unusable("a GET or HEAD with a body has to say its digest in x-amz-content-sha256");
        }
        if (count > Room.MOST - length || !room.take(count)) {
            throw new Unusable(
                    "its signature can be made when the body was seen, and the body is larger than " + Room.MOST
                            + " bytes, or too many wait; have the client send x-amz-content-sha256, or less at once");
        }
        length += count;
        digest.update(ByteBufUtil.getBytes(part));
        return new Ruling.Forward(count);
    }

    /** The head with the signature that holds for the body. */
    Head whole(Head head) {
        if (key == null) {
            return head;
        }
        try {
            return AwsSignature.of(head, key.id)
                    .orElseThrow()
                    .again(key, Optional.of(HexFormat.of().formatHex(digest.digest())))
                    .head();
        } catch (Unusable e) {
            throw new IllegalStateException("it was signed before", e);
        }
    }

    void over() {
        room.giveBack(length);
        length = 0;
    }
}
