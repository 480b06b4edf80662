package dev.pawl.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For every key: what a wrong value is answered with, and where. Lines count from after the minimal charter's four. */
class CharterErrorsTest {
    private static final String PORT = "a whole number from 1 to 65535 is allowed";
    private static final String DURATION =
            "a time more than zero and at most 365d is allowed: a number with s, m, h or d, such as 90s or 1h";
    private static final String SIZE =
            " to 1048576GiB is allowed: a number of bytes, or with KiB, MiB or GiB, such as 512MiB";
    private static final String PAGES =
            "allowed: mailto:you@example.com, https://..., http:// to this machine, tel:+123456";
    private static final String NAME = "a name of letters, digits and _ is allowed, not starting with a digit";
    private static final String ENDPOINT = "; allowed: host:port, 192.0.2.1:8080 or [2001:db8::1]:8080";

    @TempDir
    Path temporary;

    static Stream<Arguments> appended() {
        return Stream.of(
                Arguments.of(
                        "budgte: {}",
                        "5:1: unknown key \"budgte\"; allowed: agent, owner, purpose, workspace,"
                                + " files, network, commands, env, budget, asks, boundaries, instructions, secrets, tools; did you mean \"budget\"?"),
                Arguments.of("agent: b", "5:1: agent stands here a second time; keep one (the first is in line 1)"),
                Arguments.of(
                        "7: x",
                        "5:1: a key has to be text; allowed: agent, owner, purpose, workspace, files,"
                                + " network, commands, env, budget, asks, boundaries, instructions, secrets, tools; put it in quotes if it is meant so"),
                Arguments.of("boundaries: strict", "5:13: boundaries is \"strict\"; allowed: standard"),
                Arguments.of(
                        "boundaries: standart",
                        "5:13: boundaries is \"standart\"; allowed: standard; did you mean \"standard\"?"),
                Arguments.of(
                        "workspace: 7",
                        "5:12: workspace is the number 7; a path is allowed: absolute, relative, or below ~; to mean"
                                + " the text, write \"7\""),
                Arguments.of(
                        "workspace: none-such",
                        "5:12: workspace is \"none-such\", which does not exist or cannot be reached; an existing path"
                                + " is allowed"),
                Arguments.of(
                        "workspace: ~bob",
                        "5:12: workspace names another user's home; only ~ and ~/... stand for" + " a home"),
                Arguments.of(
                        "workspace: pawl.yaml",
                        "5:12: workspace DIR/pawl.yaml is not a directory; the workspace is"
                                + " one project directory, the only place the agent may change"),
                Arguments.of(
                        "workspace: ${HOME}",
                        "5:12: workspace is the reference ${HOME}; a path is allowed: absolute, relative, or below ~;"
                                + " to mean the text, write \"${HOME}\""),
                Arguments.of(
                        "files: [a]",
                        "5:8: files is a list; a mapping with these keys is allowed: read, write, marked"),
                Arguments.of(
                        "files:\n  raed: [a]",
                        "6:3: unknown key \"raed\" in files; allowed: read, write, marked; did you mean \"read\"?"),
                Arguments.of(
                        "files:\n  read: /opt",
                        "6:9: files.read is the text \"/opt\"; a list is allowed here:" + " write [/opt]"),
                Arguments.of(
                        "files:\n  read: [none]",
                        "6:10: files.read[0] is \"none\", which does not exist or cannot"
                                + " be reached; an existing path is allowed"),
                Arguments.of("files:\n  write: [/]", "6:11: files.write[0] is /, which is the root of the file system"),
                Arguments.of(
                        "files:\n  read: [/proc/1]",
                        "6:10: files.read[0] is /proc/1, which belongs to the" + " kernel; the sandbox has its own"),
                Arguments.of(
                        "network: none",
                        "5:10: network is the text \"none\"; a mapping with these keys is"
                                + " allowed: allow, addresses, route, authorities, resolver"),
                Arguments.of(
                        "network:",
                        "5:9: network is empty; a mapping with these keys is allowed: allow,"
                                + " addresses, route, authorities, resolver"),
                Arguments.of(
                        "network:\n  alow: []",
                        "6:3: unknown key \"alow\" in network; allowed: allow, addresses,"
                                + " route, authorities, resolver; did you mean \"allow\"?"),
                Arguments.of(
                        "network:\n  allow: [a.example]",
                        "6:11: network.allow[0] is the text \"a.example\"; a"
                                + " mapping with these keys is allowed: host, port, protocol, inspect, requests, upload, leaks, spend, mcp, ask"),
                allow(
                        "hots: a.example",
                        "7:7: unknown key \"hots\" in network.allow[0]; allowed: host, port, protocol, inspect, requests, upload, leaks, spend, mcp, ask; did you mean"
                                + " \"host\"?",
                        "7:7: network.allow[0] has no host; it is required"),
                allow(
                        "host: '*'",
                        "7:13: network.allow[0].host \"*\" would grant every host; name them, or use"
                                + " *.example.com"),
                allow(
                        "host: a.*.example",
                        "7:13: network.allow[0].host \"a.*.example\" has a * inside; only a leading"
                                + " *. is allowed, such as *.example.com"),
                allow(
                        "host: 10.0.0.1",
                        "7:13: network.allow[0].host \"10.0.0.1\" is an address; addresses are granted"
                                + " under network.addresses"),
                allow(
                        "host: '0x7f.1'",
                        "7:13: network.allow[0].host \"0x7f.1\" is an address; addresses are granted"
                                + " under network.addresses"),
                allow(
                        "host: '::1'",
                        "7:13: network.allow[0].host \"::1\" is an address; addresses are granted under"
                                + " network.addresses"),
                allow(
                        "host: a.example:443",
                        "7:13: network.allow[0].host \"a.example:443\" is not a host name; the"
                                + " port goes under its own key"),
                allow(
                        "host: https://a.example",
                        "7:13: network.allow[0].host \"https://a.example\" is not a host name;"
                                + " write the name alone, without scheme and path"),
                allow(
                        "host: -a.example",
                        "7:13: network.allow[0].host \"-a.example\" is not a host name; it is made of"
                                + " parts of 1 to 63 letters, digits and inner hyphens, with dots between"),
                allow(
                        "host: a..example",
                        "7:13: network.allow[0].host \"a..example\" is not a host name; it is made of"
                                + " parts of 1 to 63 letters, digits and inner hyphens, with dots between"),
                allow("{host: a.example, port: 0}", "7:31: network.allow[0].port is 0; " + PORT),
                allow("{host: a.example, port: 65536}", "7:31: network.allow[0].port is 65536; " + PORT),
                allow("{host: a.example, port: 99999999999}", "7:31: network.allow[0].port is 99999999999; " + PORT),
                allow("{host: a.example, port: '443'}", "7:31: network.allow[0].port is the text \"443\"; " + PORT),
                allow(
                        "{host: a.example, protocol: tsl}",
                        "7:35: network.allow[0].protocol is \"tsl\"; allowed: tcp, tls, http, ssh, git,"
                                + " postgresql, mysql, redis, smtp, dns; did you mean \"tls\"?"),
                allow(
                        "{host: a.example, protocol: 7}",
                        "7:35: network.allow[0].protocol is \"7\"; allowed: tcp, tls, http, ssh, git,"
                                + " postgresql, mysql, redis, smtp, dns"),
                address(
                        "{cidr: 10.1.2.3/8, port: 1}",
                        "7:12: network.addresses[0].cidr \"10.1.2.3/8\" is no range:"
                                + " 10.1.2.3/8 has host bits set; write 10.0.0.0/8"),
                address(
                        "{cidr: 10/8, port: 1}",
                        "7:12: network.addresses[0].cidr \"10/8\" is neither an address nor a"
                                + " range; allowed: 10.0.0.0/8, 192.0.2.1, 2001:db8::/32"),
                address(
                        "{cidr: 10.0.0.0/33, port: 1}",
                        "7:12: network.addresses[0].cidr \"10.0.0.0/33\" is no range:"
                                + " prefix /33 does not fit 10.0.0.0"),
                address(
                        "{cidr: box.example, port: 1}",
                        "7:12: network.addresses[0].cidr \"box.example\" is neither an"
                                + " address nor a range; allowed: 10.0.0.0/8, 192.0.2.1, 2001:db8::/32"),
                address("{cidr: 10.0.0.0/8}", "7:5: network.addresses[0] has no port; it is required"),
                address("{cidr: 10.0.0.0/8, port: x}", "7:30: network.addresses[0].port is the text \"x\"; " + PORT),
                Arguments.of(
                        "network:\n  route:\n    - host: b.example\n      to: 127.0.0.1:1",
                        "7:13: network.route[0].host is \"b.example\", which no network.allow grant covers; a route"
                                + " only leads a granted host elsewhere"),
                route(
                        "'*.example'",
                        "127.0.0.1:1",
                        "8:13: network.route[0].host \"*.example\" is a pattern; a route is"
                                + " for one exact host name"),
                route(
                        "a.example",
                        "127.0.0.1",
                        "9:11: network.route[0].to \"127.0.0.1\" has no port from 1 to 65535" + ENDPOINT),
                route(
                        "a.example",
                        "'::1:80'",
                        "9:11: network.route[0].to \"::1:80\" has an IPv6 address without" + " brackets" + ENDPOINT),
                route(
                        "a.example",
                        "'[x]:80'",
                        "9:11: network.route[0].to \"[x]:80\" has no IPv6 address between the" + " brackets"
                                + ENDPOINT),
                Arguments.of(
                        "network:\n  resolver: dns.example:53",
                        "6:13: network.resolver is a name, and finding its"
                                + " address would need a resolver; allowed: 127.0.0.1:53 or [2001:db8::1]:53"),
                Arguments.of(
                        "env:\n  pass: [A=b]", "6:10: env.pass[0] is \"A=b\"; " + NAME + "; values go under env.set"),
                Arguments.of("env:\n  pass: [1A]", "6:10: env.pass[0] is \"1A\"; " + NAME),
                Arguments.of("env:\n  pass: [A, A]", "6:13: env.pass[1] names A a second time; once is enough"),
                Arguments.of("env:\n  set: {A-B: x}", "6:9: env.set.A-B is \"A-B\"; " + NAME),
                Arguments.of(
                        "env:\n  set: {A: [x]}",
                        "6:12: env.set.A is a list; text, a number or a truth value is"
                                + " allowed; write \"\" for empty"),
                Arguments.of(
                        "env:\n  set: {A: }",
                        "6:11: env.set.A is empty; text, a number or a truth value is"
                                + " allowed; write \"\" for empty"),
                Arguments.of(
                        "env:\n  set: {A: \"\\0\"}",
                        "6:12: env.set.A has a control or invisible character in it;"
                                + " text, tabs and line breaks are allowed"),
                Arguments.of(
                        "env:\n  pass: [A]\n  set: {A: b}",
                        "7:9: env.set.A is also in env.pass; keep one of the" + " two"),
                Arguments.of(
                        "budget: {wall: 90}",
                        "5:16: budget.wall is the number 90, which has no unit; " + DURATION
                                + "; did you mean \"90s\"?"),
                Arguments.of("budget: {wall: 0s}", "5:16: budget.wall is the text \"0s\"; " + DURATION),
                Arguments.of("budget: {wall: 366d}", "5:16: budget.wall is the text \"366d\"; " + DURATION),
                Arguments.of("budget: {wall: -1h}", "5:16: budget.wall is the text \"-1h\"; " + DURATION),
                Arguments.of(
                        "budget: {cpu: 5 minutes}",
                        "5:15: budget.cpu is the text \"5 minutes\", no time; " + DURATION + "; did you mean \"5m\"?"),
                Arguments.of(
                        "budget: {memory: 4GB}",
                        "5:18: budget.memory is the text \"4GB\", no size; a size from" + " 16MiB" + SIZE
                                + "; did you mean \"4GiB\"?"),
                Arguments.of(
                        "budget: {memory: 1MiB}", "5:18: budget.memory is the text \"1MiB\"; a size from 16MiB" + SIZE),
                Arguments.of(
                        "budget: {memory: 9999999999999999GiB}",
                        "5:18: budget.memory is the text" + " \"9999999999999999GiB\"; a size from 16MiB" + SIZE),
                Arguments.of(
                        "budget: {processes: 0}",
                        "5:21: budget.processes is 0; a whole number from 1 to 1000000 is" + " allowed"),
                Arguments.of(
                        "budget: {processes: 1.5}",
                        "5:21: budget.processes is the number 1.5; a whole number from" + " 1 to 1000000 is allowed"),
                Arguments.of("budget: {egress: 0}", "5:18: budget.egress is the number 0; a size from 1 byte" + SIZE),
                Arguments.of("budget: {tmp: [1]}", "5:15: budget.tmp is a list; a size from 1MiB" + SIZE),
                Arguments.of(
                        "budget: {wal: 1h}",
                        "5:10: unknown key \"wal\" in budget; allowed: wall, cpu, memory,"
                                + " processes, egress, tmp, model; did you mean \"wall\"?"));
    }

    private static Arguments allow(String item, String... expected) {
        return Arguments.of("network:\n  allow: \n    - " + item, lines(expected));
    }

    private static Arguments address(String item, String... expected) {
        return Arguments.of("network:\n  addresses: [\n    " + item + "]", lines(expected));
    }

    private static Arguments route(String host, String to, String expected) {
        return Arguments.of(
                "network:\n  allow: [{host: a.example}]\n  route:\n    - host: " + host + "\n      to: " + to,
                expected);
    }

    private static String lines(String... expected) {
        return String.join("\n", expected);
    }

    @ParameterizedTest
    @MethodSource("appended")
    void saysWhereWhatAndWhatIsAllowed(String lines, String expected) {
        Bench bench = Bench.in(temporary);
        assertThat(bench.problems(Bench.MINIMAL + lines + "\n"))
                .containsExactly(
                        expected.replace("DIR", bench.project().toString()).split("\n"));
    }

    static Stream<Arguments> whole() {
        String owner = "agent: a\npurpose: p\n";
        return Stream.of(
                Arguments.of(
                        "agent: a\npurpose: p\nowner:\n",
                        "3:7: owner is empty; a mapping with these keys is" + " allowed: name, page"),
                Arguments.of(
                        owner + "owner: Ada\n",
                        "3:8: owner is the text \"Ada\"; a mapping with these keys is" + " allowed: name, page"),
                Arguments.of(
                        owner + "owner: {page: []}\n",
                        "3:8: owner has no name; an agent without an owner does not" + " start"),
                Arguments.of(
                        owner + "owner: {name: ' '}\n",
                        "3:15: owner.name is empty; the name of a person or team is" + " allowed"),
                Arguments.of(
                        owner + "owner: {name: 7}\n",
                        "3:15: owner.name is the number 7; the name of a person or"
                                + " team is allowed; to mean the text, write \"7\""),
                Arguments.of(
                        owner + "owner: {name: A, page: ['ftp://x']}\n",
                        "3:25: owner.page[0] is \"ftp://x\"; " + PAGES),
                Arguments.of(
                        owner + "owner: {name: A, page: ['http://x.example/']}\n",
                        "3:25: owner.page[0] is \"http://x.example/\"; " + PAGES),
                Arguments.of(
                        owner + "owner: {name: A, page: ['https://u:p@x.example/']}\n",
                        "3:25: owner.page[0] is \"https://u:p@x.example/\"; " + PAGES),
                Arguments.of(
                        owner + "owner: {name: A, page: ['mailto:x']}\n",
                        "3:25: owner.page[0] is \"mailto:x\"; " + PAGES),
                Arguments.of(
                        "agent: true\nowner: {name: A}\npurpose: p\n",
                        "1:8: agent is the truth value true; 1 to 64"
                                + " of the characters a-z, 0-9, dot, _ and - are allowed, a letter or digit first; to mean the"
                                + " text, write \"true\""),
                Arguments.of(
                        "agent: a\nowner: {name: A}\npurpose: |\n  one\n  two\n",
                        "3:10: purpose has a line break or"
                                + " an invisible character in it; one line of 1 to 500 characters is allowed"),
                Arguments.of(
                        "agent: a\nowner: {name: A}\npurpose: " + "x".repeat(501) + "\n",
                        "3:10: purpose is longer" + " than 500 characters; one line of 1 to 500 characters is allowed"),
                Arguments.of(
                        "- a\n",
                        "1:1: the charter is a list; a mapping with these keys is allowed: agent, owner,"
                                + " purpose, workspace, files, network, commands, env, budget, asks, boundaries, instructions, secrets, tools"),
                Arguments.of("", "1:1: the charter is empty; it needs agent, owner and purpose"),
                Arguments.of("# nothing\n", "1:1: the charter is empty; it needs agent, owner and purpose"),
                Arguments.of("a: 1\n---\nb: 2\n", "2:1: a second document starts here; a file holds one charter"),
                Arguments.of(
                        "a: &x 1\n",
                        "1:4: anchors (&name) are not allowed in a charter; write the value where it is" + " needed"),
                Arguments.of("a: *x\n", "1:4: aliases (*name) are not allowed in a charter; write the value out"),
                Arguments.of(
                        "a: !!java.net.URL [x]\n",
                        "1:4: tags (!name) are not allowed in a charter; write the plain" + " value"),
                Arguments.of("agent: [a\n", "2:1: not valid YAML: expected ',' or ']', but got <stream end>"),
                Arguments.of("a: b\n c: d\n", "2:3: not valid YAML: mapping values are not allowed here"),
                Arguments.of(
                        "a: b\u0000c\n",
                        "1:5: character U+0000 is invisible or a control; write readable text, or"
                                + " \"\\u0000\" in quotes where a value needs it"),
                Arguments.of(
                        "a: b\nc: d\u202ee\n",
                        "2:5: character U+202E is invisible or a control; write readable text,"
                                + " or \"\\u202E\" in quotes where a value needs it"),
                Arguments.of("[".repeat(5000), "1:17: nested deeper than 16 levels; a charter needs six at most"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void refusesWholeTexts(String yaml, String expected) {
        assertThat(Bench.in(temporary).problems(yaml)).containsExactly(expected);
    }

    @Test
    void bytesThatAreNotTextHaveAPlaceToo() {
        Bench bench = Bench.in(temporary);
        assertThat(bench.problems("a: b\nc: é\u00e4X\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("2:4: this byte is not UTF-8; a charter is UTF-8 text");
        assertThat(bench.problems("agent: a".getBytes(StandardCharsets.UTF_16)))
                .containsExactly("1:1: this byte is not UTF-8; a charter is UTF-8 text");
    }

    @Test
    void aLargeFileIsNotParsed() {
        assertThat(Bench.in(temporary).problems("#".repeat(256 * 1024 + 1)))
                .containsExactly("0:0: the file is larger than 256 KiB, the most a charter may have");
    }

    @Test
    void manyProblemsAreCutOff() {
        List<String> problems =
                Bench.in(temporary).problems(Bench.MINIMAL + "env: {pass: [" + "1, ".repeat(900) + "]}");
        assertThat(problems).hasSize(Problems.LIMIT);
    }
}
