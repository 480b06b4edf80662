package dev.pawl.ledger.ocsf;

import dev.pawl.core.Body;
import dev.pawl.core.Event;
import dev.pawl.core.Price;
import dev.pawl.core.ProcessInfo;
import dev.pawl.ledger.CanonicalTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is particular to the class of an OCSF event. */
record OcsfBody(OcsfClass type, int activity, CanonicalTree members) {
    private static final int OTHER = 99;
    private static final int OUTBOUND = 2;
    private static final int REGULAR_FILE = 1;
    private static final int UNKNOWN = 0;
    private static final int RULE = 1;
    private static final int EXEC = 3;

    /** Numbers of transports (IANA). */
    private static final Map<String, Integer> TRANSPORTS = Map.of("tcp", 6, "udp", 17);

    /** Numbers of DNS response codes (RFC 6895). */
    private static final Map<String, Integer> CODES =
            Map.of("NOERROR", 0, "FORMERR", 1, "SERVFAIL", 2, "NXDOMAIN", 3, "NOTIMP", 4, "REFUSED", 5);

    /** Numbers of activities by method. */
    private static final Map<String, Integer> METHODS = Map.of(
            "CONNECT", 1, "DELETE", 2, "GET", 3, "HEAD", 4, "OPTIONS", 5, "POST", 6, "PUT", 7, "TRACE", 8, "PATCH", 9);

    static OcsfBody of(Event event, String machine) {
        CanonicalTree out = new CanonicalTree();
        return switch (event.body()) {
            case Body.Exec exec -> {
                host(out, event, machine);
                out.put("process", started(exec, event)).put("launch_type_id", EXEC);
                yield new OcsfBody(OcsfClass.PROCESS_ACTIVITY, 1, out);
            }
            case Body.FileAccess file -> {
                host(out, event, machine);
                out.put("file", file(file.path()));
                yield new OcsfBody(OcsfClass.FILE_ACTIVITY, access(file.access()), out);
            }
            case Body.Dns dns -> {
                network(out, event, "udp", dns.name(), null, 0);
                out.put("query", new CanonicalTree().put("hostname", dns.name()).put("type", dns.type()))
                        .put("rcode", dns.code())
                        .put("rcode_id", CODES.getOrDefault(dns.code(), OTHER));
                yield new OcsfBody(OcsfClass.DNS_ACTIVITY, 1, out);
            }
            case Body.Connect connect -> {
                network(out, event, connect.transport(), connect.host(), connect.address(), connect.port());
                boolean refused = event.decision() != null && event.decision().denied();
                yield new OcsfBody(OcsfClass.NETWORK_ACTIVITY, refused ? 5 : 1, out);
            }
            case Body.Payload payload -> {
                CanonicalTree unmapped = new CanonicalTree()
                        .put("flow", payload.flow())
                        .put("direction", payload.out() ? "out" : "in")
                        .put("data", payload.data());
                out.put("unmapped", unmapped);
                yield new OcsfBody(OcsfClass.BASE, OTHER, out);
            }
            case Body.Flow flow -> {
                network(out, event, "tcp", flow.host(), flow.address(), flow.port());
                out.put("app_protocol_name", flow.protocol())
                        .put("cumulative_traffic", traffic(flow.sent(), flow.received()))
                        .put("start_time", flow.opened().toEpochMilli())
                        .put(
                                "end_time",
                                flow.closed() == null ? null : flow.closed().toEpochMilli());
                yield new OcsfBody(OcsfClass.NETWORK_ACTIVITY, flow.closed() == null ? 6 : 2, out);
            }
            case Body.Http http -> {
                network(out, event, "tcp", http.host(), null, http.port());
                out.put("http_request", request(http))
                        .put(
                                "http_response",
                                http.status() == null ? null : new CanonicalTree().put("code", http.status()))
                        .put("traffic", traffic(http.sent(), http.received()))
                        .put("unmapped", http.leak() == null ? null : leak(http.leak()));
                yield new OcsfBody(OcsfClass.HTTP_ACTIVITY, METHODS.getOrDefault(http.method(), OTHER), out);
            }
            case Body.Model model -> {
                out.put("api", new CanonicalTree().put("operation", "model"))
                        .put("src_endpoint", new CanonicalTree().put("hostname", machine))
                        .put("actor", new CanonicalTree().put("user", user(event.agent())))
                        .put("message", model.provider() + " " + model.model())
                        .put(
                                "unmapped",
                                new CanonicalTree()
                                        .put("input_tokens", model.inputTokens())
                                        .put("output_tokens", model.outputTokens())
                                        .put("cost_usd_micros", model.costMicros())
                                        .put("tool_calls", model.toolCalls().size()));
                yield new OcsfBody(OcsfClass.API_ACTIVITY, OTHER, out);
            }
            case Body.Spend spend -> {
                Price price = spend.price();
                out.put(
                                "api",
                                new CanonicalTree()
                                        .put("operation", spend.operation())
                                        .put("service", new CanonicalTree().put("name", spend.provider())))
                        .put("src_endpoint", new CanonicalTree().put("hostname", machine))
                        .put(
                                "dst_endpoint",
                                new CanonicalTree()
                                        .put("hostname", spend.host())
                                        .put("port", spend.port()))
                        .put("actor", new CanonicalTree().put("user", user(event.agent())))
                        .put(
                                "unmapped",
                                new CanonicalTree()
                                        .put("change", spend.change())
                                        .put("method", spend.method())
                                        .put("path", spend.path())
                                        .put("price_micros", price == null ? null : price.micros())
                                        .put("currency", price == null ? null : price.currency())
                                        .put(
                                                "per",
                                                price == null
                                                        ? null
                                                        : price.per().text()));
                yield new OcsfBody(OcsfClass.API_ACTIVITY, OTHER, out);
            }
            case Body.Tool tool -> {
                out.put(
                                "api",
                                new CanonicalTree()
                                        .put("operation", tool.name())
                                        .put("service", new CanonicalTree().put("name", tool.server())))
                        .put("src_endpoint", new CanonicalTree().put("hostname", machine))
                        .put("actor", new CanonicalTree().put("user", user(event.agent())))
                        .put("message", tool.outcome());
                yield new OcsfBody(OcsfClass.API_ACTIVITY, OTHER, out);
            }
            case Body.Control control -> {
                out.put("api", new CanonicalTree().put("operation", control.operation()))
                        .put("actor", new CanonicalTree().put("user", user(control.actor())))
                        .put("src_endpoint", new CanonicalTree().put("hostname", machine))
                        .put(
                                "resources",
                                List.of(new CanonicalTree()
                                        .put("uid", event.run())
                                        .put("name", event.agent())))
                        .put("message", control.detail());
                yield new OcsfBody(OcsfClass.API_ACTIVITY, 3, out);
            }
            case Body.Finding finding -> finding(out, event, finding);
            case Body.Resource resource -> {
                out.put("activity_name", "Resource")
                        .put(
                                "unmapped",
                                new CanonicalTree()
                                        .put("interval_ms", Math.round(resource.intervalSeconds() * 1000))
                                        .put("cpu_ms", Math.round(resource.cpuSeconds() * 1000))
                                        .put("memory_bytes", resource.memoryBytes())
                                        .put("processes", resource.processes()));
                yield new OcsfBody(OcsfClass.BASE, OTHER, out);
            }
        };
    }

    static CanonicalTree agent(Event event) {
        return new CanonicalTree()
                .put("name", event.agent())
                .put("instance_uid", event.run())
                .put("type_id", UNKNOWN);
    }

    private static OcsfBody finding(CanonicalTree out, Event event, Body.Finding finding) {
        List<CanonicalTree> attacks = finding.technique().stream()
                .map(id -> new CanonicalTree().put("technique", new CanonicalTree().put("uid", id)))
                .toList();
        List<CanonicalTree> related = finding.evidence().stream()
                .map(id -> new CanonicalTree().put("uid", id))
                .toList();
        CanonicalTree info = new CanonicalTree()
                .put("uid", event.id())
                .put("title", finding.title())
                .put(
                        "analytic",
                        new CanonicalTree()
                                .put("uid", finding.detector())
                                .put("type_id", RULE)
                                .put("category", finding.boundary()))
                .put("attacks", attacks.isEmpty() ? null : attacks)
                .put("related_events", related.isEmpty() ? null : related);
        CanonicalTree resource = new CanonicalTree().put("uid", event.run()).put("name", event.agent());
        out.put("finding_info", info)
                .put("is_alert", finding.severity() == Body.Severity.ACT)
                .put("resources", List.of(resource))
                .put(
                        "evidences",
                        List.of(new CanonicalTree()
                                .put("ai_agent", agent(event))
                                .put("resources", List.of(resource))));
        return new OcsfBody(OcsfClass.DETECTION_FINDING, 1, out);
    }

    private static void host(CanonicalTree out, Event event, String machine) {
        out.put("actor", actor(event))
                .put("device", new CanonicalTree().put("hostname", machine).put("type_id", UNKNOWN));
    }

    /** Where no process is known, it was somebody of this run. */
    private static CanonicalTree actor(Event event) {
        ProcessInfo process = event.process();
        return process == null
                ? new CanonicalTree().put("app_name", event.agent())
                : new CanonicalTree().put("process", process(process)).put("user", user(process.user()));
    }

    private static CanonicalTree process(ProcessInfo process) {
        return new CanonicalTree()
                .put("pid", process.pid())
                .put("name", name(process.exe()))
                .put("path", process.exe())
                .put("cmd_line", String.join(" ", process.argv()))
                .put("working_directory", process.cwd())
                .put("file", file(process.exe()));
    }

    private static CanonicalTree started(Body.Exec exec, Event event) {
        Body.Parent parent = exec.parent();
        return new CanonicalTree()
                .put("pid", event.process() == null ? null : event.process().pid())
                .put("uid", event.process() == null ? event.id() : null)
                .put("name", name(exec.exe()))
                .put("path", exec.exe())
                .put("cmd_line", String.join(" ", exec.argv()))
                .put("working_directory", exec.cwd())
                .put("file", file(exec.exe()))
                .put(
                        "parent_process",
                        new CanonicalTree()
                                .put("pid", parent.pid())
                                .put("name", name(parent.exe()))
                                .put("path", parent.exe())
                                .put("cmd_line", String.join(" ", parent.argv())));
    }

    private static void network(
            CanonicalTree out,
            Event event,
            String transport,
            @Nullable String host,
            @Nullable String address,
            int port) {
        boolean local = transport.equals("unix");
        CanonicalTree to = new CanonicalTree().put("hostname", host);
        if (address != null) {
            to.put(local ? "name" : "ip", address);
        }
        out.put("dst_endpoint", local || port == 0 ? to : to.put("port", port))
                .put("actor", actor(event))
                .put(
                        "connection_info",
                        new CanonicalTree()
                                .put("direction_id", local ? OTHER : OUTBOUND)
                                .put("protocol_name", transport)
                                .put("protocol_num", TRANSPORTS.get(transport)));
    }

    private static CanonicalTree request(Body.Http http) {
        CanonicalTree url = new CanonicalTree()
                .put("hostname", http.host())
                .put("path", http.path())
                .put("port", http.port());
        return new CanonicalTree().put("http_method", http.method()).put("url", url);
    }

    private static CanonicalTree leak(Body.Http.Leak leak) {
        return new CanonicalTree()
                .put("leak", new CanonicalTree().put("kind", leak.kind()).put("place", leak.place()));
    }

    private static CanonicalTree traffic(long sent, long received) {
        return new CanonicalTree()
                .put("bytes_out", sent)
                .put("bytes_in", received)
                .put("bytes", sent + received);
    }

    private static CanonicalTree user(String name) {
        return new CanonicalTree().put("name", name.isEmpty() ? "unknown" : name);
    }

    private static CanonicalTree file(String path) {
        return new CanonicalTree().put("name", name(path)).put("path", path).put("type_id", REGULAR_FILE);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static int access(String access) {
        return switch (access) {
            case "create" -> 1;
            case "read" -> 2;
            case "write" -> 3;
            case "delete" -> 4;
            default -> OTHER;
        };
    }
}
