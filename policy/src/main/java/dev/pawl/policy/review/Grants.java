package dev.pawl.policy.review;

import dev.pawl.core.Charter;
import dev.pawl.policy.engine.Ids;
import dev.pawl.policy.engine.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that is granted under a policy, in the order of a charter. */
final class Grants {
    private Grants() {}

    static List<Granted> of(Side side) {
        Charter charter = side.charter();
        List<Granted> all = new ArrayList<>();
        charter.network().allow().forEach(grant -> all.add(Granted.of(grant)));
        charter.network().addresses().forEach(grant -> all.add(Granted.of(grant)));
        charter.commands()
                .ifPresentOrElse(
                        commands -> commands.forEach(grant -> all.add(Granted.of(grant))),
                        () -> all.add(Granted.anyProgram(Ids.EXEC)));
        all.add(Granted.of(Ids.WORKSPACE, charter.workspace(), true));
        List<Path> write = charter.files().write();
        for (int i = 0; i < write.size(); i++) {
            all.add(Granted.of("files.write[" + i + "]", write.get(i), true));
        }
        List<Path> joined = side.bundle().organization().grants().read();
        List<Path> read = charter.files().read();
        for (int i = 0; i < read.size(); i++) {
            int at = joined.indexOf(read.get(i));
            all.add(Granted.of(
                    at < 0 ? "files.read[" + i + "]" : "organization.grants.files.read[" + at + "]",
                    read.get(i),
                    false));
        }
        side.engine().rules().stream()
                .filter(rule -> !rule.forbids() && !rule.policy().source().isEmpty())
                .map((Rule rule) -> Granted.of(rule))
                .forEach(all::add);
        all.addAll(Granted.always());
        return List.copyOf(all);
    }
}
