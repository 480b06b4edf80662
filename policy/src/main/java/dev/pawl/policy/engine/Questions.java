package dev.pawl.policy.engine;

import dev.pawl.core.Attempt;
import dev.pawl.core.Charter;
import dev.pawl.core.ProcessInfo;
import dev.pawl.core.Ranges;
import dev.pawl.core.RequestRule;
import dev.pawl.policy.Organization;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.policy.cedar.Entity;
import dev.pawl.policy.cedar.EntityUid;
import dev.pawl.policy.cedar.Request;
import dev.pawl.policy.cedar.Value;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From an attempt to the questions that decide it. Immutable and thread-safe. */
final class Questions {
    /** Arguments a rule can see, the program's name included; {@code context.arguments} counts beyond. */
    private static final int ARGUMENTS = 16;

    private static final Value.Text TCP = new Value.Text("tcp");
    private static final Value.Text UDP = new Value.Text("udp");
    private static final Value.Record NOTHING = Value.Record.of();

    private final Entity principal;
    private final Kin kin;
    private final List<String> namedPaths;

    /** {@code named} are the entities that some rule names. */
    Questions(PolicyBundle bundle, Set<EntityUid> named) {
        Charter charter = bundle.charter();
        Organization organization = bundle.organization();
        this.principal = new Entity(
                new EntityUid(Words.AGENT, charter.agent()),
                Value.Record.of(Map.of(
                        "owner", new Value.Text(charter.owner().name()),
                        "purpose", new Value.Text(charter.purpose()))),
                organization.name().isEmpty()
                        ? Set.of()
                        : Set.of(new EntityUid(Words.ORGANIZATION, organization.name())),
                NOTHING);
        this.kin = new Kin(named, organization.zones());
        List<String> paths = new ArrayList<>();
        named.stream().filter(uid -> uid.type().equals(Words.PATH)).forEach(uid -> paths.add(uid.id()));
        organization.zones().forEach(zone -> zone.paths().forEach(path -> paths.add(path.toString())));
        this.namedPaths = paths.stream().distinct().sorted().toList();
    }

    /** All of them have to be answered well; exactly one is about the attempt itself. */
    List<Question> of(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Exec exec -> List.of(exec(exec));
            case Attempt.Resolve(String name, String type) ->
                List.of(question(Words.RESOLVE, host(name), Value.Record.of("type", new Value.Text(type))));
            case Attempt.Connect connect -> connect(connect);
            case Attempt.Dial dial -> dial(dial);
            case Attempt.Request request -> List.of(request(request));
            case Attempt.Leak leak -> List.of(leak(leak));
            case Attempt.Spend spend -> List.of(spend(spend));
            case Attempt.Speak speak -> speak(speak);
            case Attempt.Tool call -> List.of(tool(call));
            case Attempt.LocalConnect local -> List.of(question(Words.CONNECT_SOCKET, socket(local), NOTHING));
            case Attempt.Mount mount -> mount(mount);
        };
    }

    private Question question(EntityUid action, Entity resource, Value.Record context) {
        return question(Question.Kind.ATTEMPT, action, resource, context);
    }

    private Question question(Question.Kind kind, EntityUid action, Entity resource, Value.Record context) {
        return new Question(kind, new Request(principal.uid(), action, resource.uid(), context), principal, resource);
    }

    private List<Question> connect(Attempt.Connect connect) {
        Value.Record context = Value.Record.of(Map.of(
                "transport",
                switch (connect.transport()) {
                    case TCP -> TCP;
                    case UDP -> UDP;
                },
                "port",
                new Value.Int(connect.port())));
        return connect.host().isPresent()
                ? List.of(question(Words.CONNECT, host(connect.host().get()), context))
                : addresses(Words.CONNECT, connect.address(), context);
    }

    private List<Question> dial(Attempt.Dial dial) {
        Value.Record context = Value.Record.of(Map.of(
                "host", new Value.Text(dial.host()),
                "port", new Value.Int(dial.port()),
                "routed", Value.Bool.of(dial.routed())));
        return addresses(Words.DIAL, dial.address(), context);
    }

    /** A target that is no path, such as that of {@code OPTIONS *}, has less than no segments. */
    private Question request(Attempt.Request request) {
        boolean isPath = request.path().startsWith("/");
        List<String> segments = isPath ? RequestRule.segments(request.path()) : List.of();
        Map<String, Value> visible = new HashMap<>();
        for (int i = 0; i < Math.min(segments.size(), RequestRule.MAX_SEGMENTS); i++) {
            visible.put(String.valueOf(i + 1), new Value.Text(segments.get(i)));
        }
        Value.Record context = Value.Record.of(Map.of(
                "port", new Value.Int(request.port()),
                "method", new Value.Text(request.method()),
                "path", new Value.Text(request.path()),
                "segments", Value.Record.of(visible),
                "count", new Value.Int(isPath ? segments.size() : -1),
                "complete", Value.Bool.of(isPath && segments.size() <= RequestRule.MAX_SEGMENTS)));
        return question(Words.REQUEST, host(request.host()), context);
    }

    private Question leak(Attempt.Leak leak) {
        Value.Record context = Value.Record.of(Map.of(
                "port", new Value.Int(leak.request().port()),
                "kind", new Value.Text(leak.kind()),
                "place", new Value.Text(leak.place())));
        return question(Words.LEAK, host(leak.request().host()), context);
    }

    /** The arguments of a call are the tags of its tool: their names are the server's, and a schema cannot know them. */
    private Question tool(Attempt.Tool call) {
        Map<String, Value> tags = new HashMap<>();
        call.named().forEach((name, value) -> tags.put(name, new Value.Text(value)));
        Entity tool = new Entity(
                new EntityUid(Words.TOOL, call.server() + "/" + call.tool()),
                Value.Record.of(Map.of("server", new Value.Text(call.server()), "name", new Value.Text(call.tool()))),
                Set.of(new EntityUid(Words.SERVER, call.server())),
                Value.Record.of(tags));
        Value names =
                Value.Set.of(call.named().keySet().stream().map(Value.Text::new).toList());
        return question(Words.CALL_TOOL, tool, Value.Record.of("arguments", names));
    }

    private Question spend(Attempt.Spend spend) {
        Map<String, Value> context = new HashMap<>(Map.of(
                "port", new Value.Int(spend.request().port()),
                "provider", new Value.Text(spend.provider()),
                "operation", new Value.Text(spend.operation()),
                "change", new Value.Text(spend.change())));
        spend.price().ifPresent(price -> {
            context.put("micros", new Value.Int(price.micros()));
            context.put("currency", new Value.Text(price.currency()));
            context.put("per", new Value.Text(price.per().text()));
        });
        return question(Words.SPEND, host(spend.request().host()), Value.Record.of(context));
    }

    private List<Question> speak(Attempt.Speak speak) {
        Value.Record context = Value.Record.of(
                Map.of("port", new Value.Int(speak.port()), "protocol", new Value.Text(speak.protocol())));
        return speak.host().isPresent()
                ? List.of(question(Words.SPEAK, host(speak.host().get()), context))
                : addresses(Words.SPEAK, speak.address(), context);
    }

    private List<Question> addresses(EntityUid action, InetAddress address, Value.Record context) {
        InetAddress plain = Ranges.plain(address);
        Question itself = question(action, address(plain), context);
        List<InetAddress> carried = Ranges.carried(plain);
        if (carried.isEmpty()) {
            return List.of(itself);
        }
        // Before the address itself: a prohibition of what it carries is the better reason.
        List<Question> questions = new ArrayList<>();
        carried.forEach(inner -> questions.add(question(Question.Kind.CARRIED, action, address(inner), context)));
        questions.add(itself);
        return questions;
    }

    private List<Question> mount(Attempt.Mount mount) {
        Path path = mount.path();
        if (!path.isAbsolute() || !path.normalize().equals(path)) {
            throw new IllegalArgumentException("no real path");
        }
        EntityUid action = mount.write() ? Words.MOUNT_WRITE : Words.MOUNT_READ;
        String text = path.toString();
        List<Question> questions = new ArrayList<>();
        questions.add(question(action, path(text), NOTHING));
        for (String named : namedPaths) {
            if (!named.equals(text) && Kin.below(named, text)) {
                questions.add(question(Question.Kind.BELOW, action, path(named), NOTHING));
            }
        }
        return questions;
    }

    private Question exec(Attempt.Exec exec) {
        ProcessInfo program = exec.program();
        List<String> argv = program.argv();
        Map<String, Value> visible = new HashMap<>();
        for (int i = 0; i < Math.min(argv.size(), ARGUMENTS); i++) {
            visible.put(String.valueOf(i), new Value.Text(argv.get(i)));
        }
        Value.Record context = Value.Record.of(Map.of(
                "arguments",
                new Value.Int(Math.max(0, argv.size() - 1)),
                "complete",
                Value.Bool.of(complete(program)),
                "cwd",
                new Value.Text(program.cwd()),
                "argv",
                Value.Record.of(visible)));
        return question(Words.EXEC, program(exec.file()), context);
    }

    /** Whether the record of a command line has all of it; an argument that really ends in … reads like a cut one. */
    static boolean complete(ProcessInfo program) {
        return program.argv().size() < ProcessInfo.MAX_ARGUMENTS
                && program.argv().stream().noneMatch(argument -> argument.endsWith("…"));
    }

    private Entity host(String name) {
        return entity(Words.HOST, name, Value.Record.of("name", new Value.Text(name)), kin.ofHost(name));
    }

    private Entity address(InetAddress address) {
        String text = Addresses.text(address);
        Value.Ip ip = Addresses.ip(address);
        Value.Record attributes = Ranges.special(address)
                .map(special -> Value.Record.of(Map.of("ip", ip, "special", new Value.Text(special))))
                .orElseGet(() -> Value.Record.of("ip", ip));
        return entity(Words.ADDRESS, text, attributes, kin.ofAddress(address));
    }

    private static Entity socket(Attempt.LocalConnect local) {
        Value.Record attributes =
                Value.Record.of(Map.of("path", new Value.Text(local.path()), "inside", Value.Bool.of(local.inside())));
        return entity(Words.SOCKET, local.path(), attributes, Set.of());
    }

    private Entity path(String path) {
        return entity(Words.PATH, path, Value.Record.of("path", new Value.Text(path)), kin.ofPath(path));
    }

    /** A file that is no absolute path is as good as unknown. */
    private Entity program(String file) {
        String path = file.startsWith("/") ? file : "";
        Value.Record attributes = Value.Record.of(Map.of(
                "path", new Value.Text(path), "name", new Value.Text(path.substring(path.lastIndexOf('/') + 1))));
        return entity(Words.PROGRAM, path, attributes, kin.ofPath(path));
    }

    private static Entity entity(String type, String id, Value.Record attributes, Set<EntityUid> above) {
        return new Entity(new EntityUid(type, id), attributes, above, NOTHING);
    }
}
