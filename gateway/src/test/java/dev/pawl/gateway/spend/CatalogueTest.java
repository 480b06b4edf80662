package dev.pawl.gateway.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Spending;
import dev.pawl.gateway.spend.Group.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the catalogue: a request that it means, on each of its hosts, and near ones that it does not. */
class CatalogueTest {
    private static final Catalogue CATALOGUE = Catalogue.known();

    static Stream<Entry> entries() {
        return CATALOGUE.entries().stream();
    }

    /** A name that a pattern of hosts stands for. */
    private static String host(String pattern) {
        return pattern.equals("**") ? "10-0-0-1.cluster.example" : pattern.replace("*", "eu-west-1");
    }

    private static String path(Entry entry) {
        String path = entry.path()
                .map(pattern -> "/" + String.join("/", pattern.segments()))
                .orElse("/");
        return path.replace("/**", "/a/b").replace("*", "x1");
    }

    private static String method(Entry entry) {
        return entry.methods().isEmpty() ? "POST" : entry.methods().getFirst();
    }

    private static String needed(Entry entry) {
        return entry.needs().isEmpty() ? "name" : entry.needs().getFirst().replace("*", "gpu");
    }

    /** As the provider's own clients write it. */
    private static Asking call(Entry entry, String host, String operation) {
        if (entry.path().isPresent()) {
            Asking asking = Asking.of(method(entry), host, path(entry));
            return entry.group().way() == Way.GRAPHQL
                    ? asking.json("{\"query\":\"mutation { a: " + operation + "(input: {}) { id } }\"}")
                    : asking.json("{\"spec\":{\"" + needed(entry) + "\":2}}");
        }
        String named = operation.replace("*", "Buy");
        return switch (entry.group().provider()) {
            case "alibaba" -> Asking.of("POST", host, "/?Action=" + named + "&Version=2014-05-26");
            default ->
                Asking.of("POST", host, "/").form("Version=2016-11-15&Action=" + named + "&" + needed(entry) + "=2");
        };
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isFoundOnEachOfItsHosts(Entry entry) {
        for (String pattern : entry.group().hosts()) {
            Finding found = call(entry, host(pattern), entry.operation()).found();
            if (entry.change() == Change.FREE) {
                assertThat(found).as(entry.toString()).isEqualTo(new Finding.Clear());
            } else {
                assertThat(found).as(entry + " at " + pattern).isInstanceOfSatisfying(Finding.Spends.class, spends -> {
                    assertThat(spends.provider()).isEqualTo(entry.group().provider());
                    assertThat(spends.change()).isNotEqualTo(Change.FREE);
                    assertThat(entry.path().isPresent()
                                    || spends.operation()
                                            .equals(entry.operation().replace("*", "Buy")))
                            .as(spends.toString())
                            .isTrue();
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aNearMissIsNotThis(Entry entry) {
        String host = host(entry.group().hosts().getFirst());
        Asking looks = entry.path().isPresent()
                ? Asking.of("GET", host, path(entry))
                : call(entry, host, "Describe" + entry.operation());
        assertThat(looks.found()).as(looks.toString()).isEqualTo(new Finding.Clear());
        Asking longer = entry.path().isPresent() && entry.group().way() != Way.GRAPHQL
                ? Asking.of(method(entry), host, path(entry) + "/other/thing/else")
                : call(entry, host, entry.operation().replace("*", "") + "s7");
        boolean mentioned = entry.path()
                .map(pattern -> pattern.segments().getLast().equals("**"))
                .orElse(entry.operation().contains("*"));
        if (!mentioned && longer.found() instanceof Finding.Spends spends) {
            assertThat(spends.operation()).as(longer + " " + spends).isNotEqualTo(entry.operation());
        }
        assertThat(Asking.of(method(entry), "elsewhere.example", "/not" + path(entry))
                        .operation())
                .isEqualTo("clear");
    }

    @Test
    void providersAreThoseThatChartersName() {
        assertThat(CATALOGUE.groups().stream().map(Group::provider).distinct())
                .containsExactlyInAnyOrderElementsOf(Spending.PROVIDERS);
    }

    @Test
    void theDocumentCountsThem() throws IOException {
        String document = Files.readString(Path.of(System.getProperty("pawl.root", ".."), "docs", "spend.md"));
        for (String provider : Spending.PROVIDERS) {
            List<Group> groups = CATALOGUE.groups().stream()
                    .filter(group -> group.provider().equals(provider))
                    .toList();
            long free = entries()
                    .filter(entry -> groups.contains(entry.group()) && entry.change() == Change.FREE)
                    .count();
            long all = entries().filter(entry -> groups.contains(entry.group())).count();
            assertThat(document)
                    .contains("| %s | %d | %d |".formatted(provider, groups.size(), all - free))
                    .satisfies(text -> groups.stream()
                            .filter(group -> group.unknown() != Group.Unknown.PASS)
                            .forEach(group -> assertThat(text).contains("`" + group.name() + "`")));
        }
    }

    @Test
    void noLineStandsTwiceAndNoneIsUnreachable() {
        List<String> lines = entries()
                .map(entry -> entry.group().name()
                        + entry.methods()
                        + entry.path()
                        + (entry.group().way() == Way.PATH
                                ? ""
                                : entry.operation().toLowerCase(Locale.ROOT)))
                .toList();
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(CATALOGUE.groups())
                .allSatisfy(group -> assertThat(group.hosts())
                        .isNotEmpty()
                        .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT))));
    }

    @Test
    void whatIsPaidForIsKnownByItsHost() {
        assertThat(SpendDesk.paidAt("ec2.eu-west-1.amazonaws.com")).containsExactly("aws");
        assertThat(SpendDesk.paidAt("*.amazonaws.com")).containsExactly("aws");
        assertThat(SpendDesk.paidAt("*.eu-west-1.amazonaws.com")).containsExactly("aws");
        assertThat(SpendDesk.paidAt("*.googleapis.com")).containsExactly("google");
        assertThat(SpendDesk.paidAt("API.Stripe.com")).containsExactly("stripe");
        assertThat(SpendDesk.paidAt("files.stripe.com")).isEmpty();
        assertThat(SpendDesk.paidAt("s3.eu-west-1.amazonaws.com")).isEmpty();
        assertThat(SpendDesk.paidAt("*.example.com")).isEmpty();
    }
}
