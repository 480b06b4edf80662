package dev.pawl.policy.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Cedar's own integration tests: verdict, determining policies and erring policies of every request. */
class CorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("pawl.root", "."), "..", "shared", "corpora", "cedar")
            .normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> differences = new ArrayList<>();
    private int requests;

    @Test
    void handWrittenTests() throws Exception {
        assertThat(check("tests")).as("test files").isEqualTo(22);
        assertThat(differences).isEmpty();
        System.out.println("cedar corpus, hand-written: 22 files, " + requests + " requests, no difference");
    }

    @Test
    void generatedTests() throws Exception {
        assertThat(check("corpus-tests")).as("test files").isEqualTo(100);
        assertThat(differences).isEmpty();
        System.out.println("cedar corpus, generated: 100 files, " + requests + " requests, no difference");
    }

    private int check(String folder) throws Exception {
        assumeTrue(Files.isDirectory(CORPUS), () -> "no corpus at " + CORPUS);
        List<Path> files;
        try (Stream<Path> found = Files.walk(CORPUS.resolve(folder))) {
            files = found.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().endsWith(".entities.json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            check(file, JSON.readTree(Files.readString(file)));
        }
        return files.size();
    }

    private void check(Path file, JsonNode test) throws IOException, CedarException {
        String text = Files.readString(CORPUS.resolve(test.path("policies").asString()));
        PolicySet policies = PolicySet.of(Policies.parse(file.toString(), text));
        Entities entities = Entities.of(CedarJson.entities(JSON.readTree(
                Files.readString(CORPUS.resolve(test.path("entities").asString())))));
        for (JsonNode request : test.path("requests")) {
            requests++;
            Answer answer = policies.decide(
                    new Request(
                            CedarJson.uid(request.path("principal")),
                            CedarJson.uid(request.path("action")),
                            CedarJson.uid(request.path("resource")),
                            CedarJson.record(request.path("context"))),
                    entities);
            String ours = answer.allowed() + " " + ids(answer.determining()) + " "
                    + ids(answer.failures().stream().map(Failure::policy).toList());
            String theirs = request.path("decision").asString().equals("allow") + " " + names(request.path("reason"))
                    + " " + names(request.path("errors"));
            if (!ours.equals(theirs)) {
                differences.add(file.getFileName() + " " + request.path("description") + ": " + ours + ", Cedar says "
                        + theirs + " " + answer.failures());
            }
        }
    }

    private static Set<String> ids(List<CedarPolicy> policies) {
        Set<String> ids = new TreeSet<>();
        policies.forEach(policy -> ids.add(policy.id()));
        return ids;
    }

    private static Set<String> names(JsonNode array) {
        Set<String> names = new TreeSet<>();
        array.forEach(name -> names.add(name.asString()));
        return names;
    }
}
