package dev.pawl.gateway.inspect;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the heads of an agent's requests of HTTP/1, one after the other, each within its time. Used on one event loop. */
final class Openings {
    private final Setting setting;
    private final Runnable late;
    private final HeadReader heads = new HeadReader(false);
    private final Deadline deadline;

    /** {@code late} runs where a head was begun and is not whole in time; frozen time does not count. */
    Openings(Setting setting, Runnable late) {
        this.setting = setting;
        this.late = late;
        this.deadline = new Deadline(setting.loop());
    }

    /** What stands next in the stream; null while it is not whole. */
    @Nullable
    Opening next(ByteBuf in) {
        return switch (heads.read(in)) {
            case HeadReader.Result.More _ -> {
                if (!deadline.set()) {
                    late(true);
                }
                yield null;
            }
            case HeadReader.Result.Bad(int status, String reason) -> {
                deadline.off();
                yield new Opening.Bad(status, reason, "");
            }
            case HeadReader.Result.Whole(String line, List<Header> fields) -> {
                deadline.off();
                yield Opening.of(line, fields, setting.scheme(), setting.authority());
            }
        };
    }

    private void late(boolean wait) {
        if (wait || setting.standstill().still()) {
            deadline.in(setting.limits().head(), () -> late(false));
        } else {
            late.run();
        }
    }

    /** None follows. */
    void off() {
        deadline.off();
    }
}
