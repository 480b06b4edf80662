package dev.pawl.policy;

import dev.pawl.core.Inspection;
import dev.pawl.core.Leaks;
import dev.pawl.core.Protocol;
import dev.pawl.core.RequestRule;
import dev.pawl.core.Spending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what a grant of a host says of requests: {@code inspect}, {@code requests}, {@code upload}, {@code leaks}, {@code spend}. */
final class InspectionReader {
    static final String INSPECT = "inspect";
    static final String REQUESTS = "requests";
    static final String UPLOAD = "upload";
    static final String LEAKS = "leaks";
    static final String MCP = "mcp";
    static final List<String> REQUEST_KEYS = List.of("request", AskReader.ASK);

    private static final String ALLOWED = "a request is allowed: a method and a path, such as GET /repos/**";

    private InspectionReader() {}

    /**
     * Empty where requests are not read.
     *
     * @param grant name of the grant's rule
     */
    static Optional<Inspection> read(Section section, String grant, Optional<Protocol> protocol) {
        Optional<Boolean> said = section.get(INSPECT).flatMap(InspectionReader::truth);
        Optional<Value> implied = Stream.of(REQUESTS, UPLOAD, LEAKS, SpendReader.SPEND, MCP)
                .map(section::get)
                .flatMap(Optional::stream)
                .findFirst();
        List<RequestRule> requests =
                section.get(REQUESTS).map(list -> requests(list, grant)).orElse(List.of());
        Optional<Long> upload = section.get(UPLOAD).flatMap(value -> Amounts.bytes(value, 0, "0"));
        Leaks leaks = section.get(LEAKS).flatMap(value -> value.oneOf(leaks())).orElse(Leaks.BLOCK);
        Optional<String> mcp = section.get(MCP).flatMap(ToolReader::server);
        Spending spending = section.get(SpendReader.SPEND)
                .map(value -> SpendReader.read(value, grant))
                .orElse(Spending.ASK);
        if (!said.orElse(implied.isPresent())) {
            implied.ifPresent(value -> value.problem(
                    "stands beside inspect: false, and nobody would look; take one of the" + " two away"));
            return Optional.empty();
        }
        if (protocol.filter(each -> each != Protocol.TLS && each != Protocol.HTTP)
                .isPresent()) {
            section.get(INSPECT)
                    .or(() -> implied)
                    .ifPresent(value ->
                            value.problem("needs protocol tls or http; under tcp any bytes flow, and nobody can"
                                    + " tell requests in them"));
            return Optional.empty();
        }
        return Optional.of(new Inspection(
                requests, upload.map(OptionalLong::of).orElse(OptionalLong.empty()), leaks, spending, mcp));
    }

    private static Optional<Boolean> truth(Value value) {
        if (!value.node().getTag().equals(Tag.BOOL)) {
            value.problem("is " + value.kind() + "; true or false is allowed");
            return Optional.empty();
        }
        return value.written().map(Boolean::parseBoolean);
    }

    private static List<RequestRule> requests(Value list, String grant) {
        if (list.node() instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
            list.problem("is an empty list, which would grant nothing; leave the key out to allow any request");
        }
        List<RequestRule> rules = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            String id = grant + "." + REQUESTS + "[" + i + "]";
            request(items.get(i), id, rules).ifPresent(rules::add);
        }
        return rules;
    }

    private static Optional<RequestRule> request(Value item, String id, List<RequestRule> before) {
        Optional<Value> text = Optional.of(item);
        Optional<String> ask = Optional.empty();
        if (item.node() instanceof MappingNode) {
            Optional<Section> section = item.section(REQUEST_KEYS);
            text = section.flatMap(these -> these.required("request"));
            ask = section.flatMap(AskReader::ask);
        }
        Optional<RequestText.Written> written =
                text.flatMap(value -> value.text(RequestText.LONGEST, ALLOWED).flatMap(_ -> parsed(value)));
        if (written.isEmpty()) {
            return Optional.empty();
        }
        RequestRule rule = new RequestRule(
                id,
                written.get().method(),
                written.get().segments(),
                written.get().more(),
                ask);
        before.stream()
                .filter(other -> CharterText.text(other).equals(CharterText.text(rule)))
                .findFirst()
                .ifPresent(other -> item.problem("grants " + Shown.quote(CharterText.text(rule)) + " a second time; "
                        + other.id() + " does already"));
        return Optional.of(rule);
    }

    private static Optional<RequestText.Written> parsed(Value value) {
        return value.parsed(RequestText.LONGEST, RequestText::parse);
    }

    private static Map<String, Leaks> leaks() {
        Map<String, Leaks> words = new LinkedHashMap<>();
        for (Leaks leaks : Leaks.values()) {
            words.put(leaks.text(), leaks);
        }
        return words;
    }

    /** As a charter writes it, into a grant at this depth. */
    static void write(YamlLines lines, int depth, Inspection inspection) {
        lines.add(depth, INSPECT, "true");
        if (!inspection.requests().isEmpty()) {
            lines.open(depth, REQUESTS);
            for (RequestRule rule : inspection.requests()) {
                lines.add(depth + 1, "- request", YamlLines.quoted(CharterText.text(rule)));
                rule.ask().ifPresent(reason -> lines.add(depth + 2, AskReader.ASK, AskReader.text(reason)));
            }
        }
        inspection.upload().ifPresent(bytes -> lines.add(depth, UPLOAD, Amounts.text(bytes)));
        lines.add(depth, LEAKS, YamlLines.quoted(inspection.leaks().text()));
        SpendReader.write(lines, depth, inspection.spending());
        inspection.mcp().ifPresent(server -> lines.add(depth, MCP, YamlLines.quoted(server)));
    }

    /** On one line, for comments and comparisons: what stands behind a grant, nothing where nobody looks. */
    static String text(Optional<Inspection> inspection) {
        return inspection
                .map(read -> " inspected"
                        + (read.requests().isEmpty()
                                ? ""
                                : " ["
                                        + String.join(
                                                "; ",
                                                read.requests().stream()
                                                        .map(InspectionReader::text)
                                                        .toList())
                                        + "]")
                        + (read.upload().isPresent()
                                ? " upload " + Amounts.text(read.upload().getAsLong())
                                : "")
                        + (read.leaks() == Leaks.BLOCK
                                ? ""
                                : " leaks " + read.leaks().text())
                        + SpendReader.text(read.spending())
                        + read.mcp().map(server -> " mcp " + server).orElse(""))
                .orElse("");
    }

    private static String text(RequestRule rule) {
        return CharterText.text(rule)
                + rule.ask().map(reason -> " asking \"" + reason + "\"").orElse("");
    }
}
