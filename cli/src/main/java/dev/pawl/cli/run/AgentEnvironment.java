package dev.pawl.cli.run;

import dev.pawl.core.Charter;
import dev.pawl.sandbox.NoticeFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment an agent gets: what every program needs, what the charter passes on, what the charter sets. */
final class AgentEnvironment {
    /** Names that say how to talk to the person, and no secret. */
    private static final List<String> PASSED = List.of(
            "PATH",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TERM",
            "COLORTERM",
            "NO_COLOR",
            "FORCE_COLOR",
            "COLUMNS",
            "LINES",
            "EDITOR");

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private AgentEnvironment() {}

    static Map<String, String> of(Charter charter, String user, String home, Map<String, String> invoker) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", PATH);
        environment.put("SHELL", "/bin/bash");
        invoker.forEach((name, value) -> {
            if (PASSED.contains(name)
                    || name.startsWith("LC_")
                    || charter.env().pass().contains(name)) {
                environment.put(name, value);
            }
        });
        environment.put("HOME", home);
        environment.put("USER", user);
        environment.put("LOGNAME", user);
        environment.put("PAWL_CHARTER", Instructions.CHARTER.toString());
        environment.put("PAWL_NOTICES", NoticeFile.INSIDE);
        TrustPlaces.variables(charter).forEach(environment::putIfAbsent);
        environment.putAll(charter.env().set());
        return environment;
    }
}
