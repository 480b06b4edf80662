package dev.pawl.gateway.inspect;

import dev.pawl.core.Act;
import dev.pawl.core.Holding;
import dev.pawl.core.ProcessInfo;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A request that waits for a person's answer. */
record HeldRequest(Setting setting, Head head, String path) implements Holding {
    @Override
    public Act act() {
        ProcessInfo process = setting.passage().process();
        StringBuilder fields = new StringBuilder();
        head.headers().stream()
                .filter(field -> !field.is("Date") && !field.is("Traceparent"))
                .forEach(field -> fields.append(field.name().toLowerCase(Locale.ROOT))
                        .append(':')
                        .append(field.value())
                        .append('\n'));
        return new Act.Request(
                process.exe(),
                process.argv(),
                setting.authority().host(),
                setting.authority().port(),
                head.method(),
                head.target(),
                digest(fields.toString()),
                "");
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Exact.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<ProcessInfo> chain() {
        return List.of(setting.passage().process());
    }

    @Override
    public boolean waits() {
        return setting.open().getAsBoolean();
    }
}
