package dev.pawl.gateway.credentials;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Egress;
import dev.pawl.core.Inspection;
import dev.pawl.core.Monitor;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Protocol;
import dev.pawl.core.SecretGrant;
import dev.pawl.core.SecretGrant.Place;
import dev.pawl.core.Terms;
import dev.pawl.gateway.inspect.Head;
import dev.pawl.gateway.inspect.Header;
import dev.pawl.gateway.inspect.Ruling;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the fuzzer calls, once for each input: method, target, then names and values of fields, with zeros between. The
 * characters 1 and 2 become stand-ins. Nothing is thrown, no stand-in goes on, and no value but into its place.
 */
public final class FuzzTarget {
    private static final String HOST = "api.example.com";
    private static final String VALUE = "the-value-that-is-secret-0123456789";
    private static final String SECRET = "wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY";
    private static final List<Place> PLACES =
            List.of(new Place.Bearer(), new Place.Basic(), new Place.Header("x-api-key"), new Place.Query("key"));

    private FuzzTarget() {}

    /** Prints the targets, one a line: its name, and what it is. */
    public static void main(String[] arguments) {
        System.out.println("places secrets put in");
        System.out.println("signing AWS signatures");
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean signing = System.getProperty("pawl.fuzz", "places").equals("signing");
        Place place = signing ? new Place.AwsSigV4() : PLACES.get((input[0] & 0xff) % PLACES.size());
        Credentials credentials = credentials(place, signing ? "AKIDEXAMPLEEXAMPLE:" + SECRET + ":A-TOKEN" : VALUE);
        Map<String, String> environment = credentials.environment();
        String standIn = environment.getOrDefault("TOKEN", "");
        String half = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", standIn);
        String text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1)
                .replace("\1", standIn)
                .replace("\2", half);
        if (text.contains(VALUE) || text.contains(SECRET)) {
            return; // The fuzzer reads constants; an agent does not.
        }
        String[] parts = text.split("\0", -1);
        List<Header> headers = new ArrayList<>();
        for (int i = 2; i + 1 < parts.length; i += 2) {
            headers.add(new Header(parts[i], parts[i + 1]));
        }
        Head head = new Head(parts[0], "https", HOST, parts.length > 1 ? "/" + parts[1] : "/", headers);
        Ruling ruling = credentials.outgoing().open(passage(), "f1").head(head);
        if (!(ruling instanceof Ruling.Pass(Head passed))) {
            return;
        }
        String went = passed.toString();
        if (went.contains(standIn) || went.contains(half) || went.contains(SECRET)) {
            throw new IllegalStateException("a stand-in or a key went on: " + passed);
        }
        if (!signing && (went.split(VALUE, -1).length - 1) > 1) {
            throw new IllegalStateException("a value went on twice: " + passed);
        }
    }

    private static Credentials credentials(Place place, String value) {
        SecretGrant grant =
                new SecretGrant("secrets[0]", "hub", new SecretGrant.Source.Env("T"), HOST, 443, "TOKEN", place);
        return Credentials.of(Map.of(grant, new Secret(value)), new SecureRandom());
    }

    private static Egress.Passage passage() {
        return new Egress.Passage(
                new Attempt.Connect(Attempt.Transport.TCP, Optional.of(HOST), InetAddress.ofLiteral("198.18.0.1"), 443),
                new Terms(Protocol.TLS, Optional.of(Inspection.ANY)),
                new ProcessInfo(2, 1, "/bin/x", List.of("x"), "/", "u"),
                new Monitor.Judged(Decision.allow("test", "test"), "cause-1"),
                Optional.empty());
    }
}
