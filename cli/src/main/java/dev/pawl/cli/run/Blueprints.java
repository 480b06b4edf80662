package dev.pawl.cli.run;

import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.policy.AgentText;
import dev.pawl.policy.BuiltInCharter;
import dev.pawl.policy.BundleLoader;
import dev.pawl.policy.PolicyBundle;
import dev.pawl.sandbox.Blueprint;
import dev.pawl.sandbox.programs.ProgramSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From all that decides a run and a command to what the sandbox looks like. */
final class Blueprints {
    private Blueprints() {}

    static Blueprint of(PolicyBundle bundle, RunRequest request, String user, Path home, Installation installation)
            throws IOException {
        Charter charter = bundle.charter();
        String path = AgentEnvironment.of(charter, user, home.toString(), request.environment())
                .getOrDefault("PATH", "/usr/bin:/bin");
        CommandSearch search = new CommandSearch(request.directory(), path);
        String command = request.command().getFirst();
        List<Path> read = new ArrayList<>(charter.files().read());
        List<Path> writable = new ArrayList<>(charter.files().write());
        writable.add(charter.workspace());
        boolean named = charter.commands().isPresent();
        VisibleTools.Shown tools = VisibleTools.of(command, writable, search, named);
        read.addAll(tools.read());
        Optional<ProgramSet> programs = Optional.empty();
        if (named) {
            CommandChain.require(command, search, charter.commands().get(), writable);
            programs = Optional.of(ProgramSet.of(startable(bundle), writable, installation.java()));
            programs.get().executable().stream()
                    .filter(file -> !VisibleTools.isSystem(file) && !isBelow(file, read))
                    .forEach(read::add);
        }
        List<Path> shown = Stream.concat(read.stream(), writable.stream()).toList();
        return new Blueprint(
                user,
                home,
                charter.workspace(),
                read,
                charter.files().write(),
                guarded(charter),
                Instructions.of(charter, request, user, home, shown).texts(AgentText.render(bundle)),
                TrustPlaces.of(
                        charter,
                        Stream.concat(read.stream(), Stream.of(installation.java()))
                                .toList(),
                        writable),
                tools.links().entrySet().stream()
                        .filter(link -> !isBelow(link.getKey(), read))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                programs,
                charter.budget().tmpBytes(),
                installation.java(),
                installation.initJar(),
                installation.initCache());
    }

    /** The granted programs but those that a boundary forbids whatever their arguments: they cannot start by a race either. */
    private static List<Path> startable(PolicyBundle bundle) {
        List<Path> forbidden = bundle.boundaries().stream()
                .flatMap(boundary -> boundary.forbidden().programs().stream())
                .toList();
        return bundle.charter().commands().stream()
                .flatMap(List::stream)
                .map(CommandGrant::program)
                .filter(program -> !forbidden.contains(program))
                .toList();
    }

    private static boolean isBelow(Path file, List<Path> directories) {
        return directories.stream().anyMatch(file::startsWith);
    }

    /**
     * An agent must not write the charter of its next run, nor the policies beside it. Their own place, or the directory
     * right below the workspace that leads to it: a directory that holds a mount can be renamed away, unless it is the
     * mount.
     */
    private static List<Path> guarded(Charter charter) throws IOException {
        if (charter.source().equals(BuiltInCharter.SOURCE)) {
            return List.of();
        }
        Path file = Path.of(charter.source()).toAbsolutePath().normalize();
        List<Path> guarded = new ArrayList<>();
        List<Path> writable = new ArrayList<>(charter.files().write());
        writable.add(charter.workspace());
        Path real = file.toRealPath();
        for (Path candidate :
                List.of(file, real, BundleLoader.policiesBeside(file), BundleLoader.policiesBeside(real))) {
            for (Path top : writable) {
                if (candidate.startsWith(top) && !candidate.equals(top)) {
                    Path guard = top.resolve(top.relativize(candidate).getName(0));
                    if (Files.exists(guard) && !guarded.contains(guard)) {
                        guarded.add(guard);
                    }
                }
            }
        }
        return guarded;
    }
}
