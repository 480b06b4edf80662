package dev.pawl.gateway.leak.scan;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** All that is looked for, ready for use by any number of scanners at once. Immutable, made once for a run. */
public final class Patterns {
    /** Markers that are taken; more is a fault of whoever hands them in. */
    public static final int MOST_MARKERS = 512;

    final Automaton automaton;
    final MarkedFiles files;
    private final List<Rule> ruleOf = new ArrayList<>();
    private final List<Integer> lengthOf = new ArrayList<>();
    private final byte[] key;

    /**
     * @param markers texts that must not leave
     * @param files files of which no part may leave
     * @param key of fingerprints, at least 16 bytes of the run's own
     */
    public Patterns(List<Marker> markers, MarkedFiles files, byte[] key) {
        this(builtIn(), markers, files, key);
    }

    /** Without the formats that everybody knows: markers and marked files alone. */
    public static Patterns markedOnly(List<Marker> markers, MarkedFiles files, byte[] key) {
        return new Patterns(List.of(), markers, files, key);
    }

    private Patterns(List<Rule> formats, List<Marker> markers, MarkedFiles files, byte[] key) {
        if (markers.size() > MOST_MARKERS) {
            throw new IllegalArgumentException("more than " + MOST_MARKERS + " markers");
        }
        this.files = files;
        this.key = key.clone();
        List<Rule> rules = new ArrayList<>(formats);
        markers.forEach(marker -> MarkerForms.of(marker.bytes()).forEach(form -> {
            LiteralCheck check = new LiteralCheck(form);
            rules.add(new Rule(marker.kind(), List.of(check.anchor()), check, marker.home()));
        }));
        List<byte[]> anchors = new ArrayList<>();
        for (Rule rule : rules) {
            for (byte[] anchor : rule.anchors()) {
                anchors.add(anchor);
                ruleOf.add(rule);
                lengthOf.add(anchor.length);
            }
        }
        automaton = new Automaton(anchors);
    }

    private static List<Rule> builtIn() {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(KeyRules.all());
        rules.addAll(TokenRules.all());
        rules.addAll(CloudRules.all());
        rules.add(JwtRule.rule());
        rules.addAll(PasswordRules.all());
        return rules;
    }

    Rule rule(int anchor) {
        return ruleOf.get(anchor);
    }

    int length(int anchor) {
        return lengthOf.get(anchor);
    }

    /** A number for a text, of no use without the key. */
    long fingerprint(byte[] bytes, int from, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(bytes, from, length);
            return java.nio.ByteBuffer.wrap(mac.doFinal()).getLong();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
