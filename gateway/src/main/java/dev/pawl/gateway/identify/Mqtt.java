package dev.pawl.gateway.identify;

/** MQTT (version 5.0, 3.1): a CONNECT packet with the name of the protocol. */
final class Mqtt implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.isEmpty()) {
            return Verdict.MORE;
        }
        if (out.at(0) != 0x10) {
            return Verdict.NO;
        }
        int at = 1;
        while (at < out.length() && at < 5 && out.at(at) >= 0x80) {
            at++;
        }
        at++;
        if (at > 5) {
            return Verdict.NO;
        }
        if (out.is(at, "\u0000\u0004MQTT") || out.is(at, "\u0000\u0006MQIsdp")) {
            return Verdict.yes(Identity.certain("mqtt"));
        }
        boolean agrees =
                out.length() <= at || out.agrees(at, "\u0000\u0004MQTT") || out.agrees(at, "\u0000\u0006MQIsdp");
        return agrees ? Verdict.MORE : Verdict.NO;
    }
}
