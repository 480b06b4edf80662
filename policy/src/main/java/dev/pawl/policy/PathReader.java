package dev.pawl.policy;

import dev.pawl.core.Charter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code workspace} and {@code files}. */
final class PathReader {
    static final List<String> KEYS = List.of("read", "write", MarkedPatterns.KEY);
    private static final int LONGEST = 4096;
    private static final String ALLOWED = "a path is allowed: absolute, relative, or below ~";

    private final Paths paths;

    PathReader(Surroundings surroundings) {
        this.paths = new Paths(surroundings);
    }

    /** The workspace; {@code charterDirectory} is the default and where relative paths start. */
    Optional<Path> workspace(Section root, Path charterDirectory) {
        String hint = "; the workspace is one project directory, the only place the agent may change";
        Value value = root.get("workspace").orElse(root.self());
        String what = root.values().containsKey("workspace") ? "" : "the default workspace, the charter's directory, ";
        Optional<Located> found = root.values().containsKey("workspace")
                ? value.text(LONGEST, ALLOWED).flatMap(text -> locate(value, text, Optional.of(charterDirectory)))
                : locate(value, ".", Optional.of(charterDirectory));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Located located = found.get();
        if (located.relative() && located.found().ledOutOf(charterDirectory)) {
            value.problem("leaves the charter's directory through a symbolic link, to " + located.shown()
                    + "; write the real path if you mean it");
            return Optional.empty();
        }
        Optional<String> refusal = paths.workspaceRefusal(located.found().real());
        refusal.ifPresent(why -> value.problems()
                .at(value.node(), (what.isEmpty() ? "workspace " : what) + located.shown() + " " + why + hint));
        return refusal.isPresent()
                ? Optional.empty()
                : Optional.of(located.found().real());
    }

    /**
     * The grants under {@code files}.
     *
     * @param keys which of {@link #KEYS} it may have
     * @param base where relative paths start, empty if there may be none
     */
    Charter.FileGrants files(Section root, List<String> keys, Optional<Path> base) {
        Optional<Section> section = root.get("files").flatMap(value -> value.section(keys));
        List<Granted> read = section.flatMap(files -> files.get("read"))
                .map(list -> grants(list, base, false))
                .orElse(List.of());
        List<Granted> write = section.flatMap(files -> files.get("write"))
                .map(list -> grants(list, base, true))
                .orElse(List.of());
        List<Path> planted = new ArrayList<>(base.stream().toList());
        write.forEach(granted -> planted.add(granted.located().found().real()));
        List<Path> seen = new ArrayList<>();
        for (Granted granted : concat(read, write)) {
            Path real = granted.located().found().real();
            planted.stream()
                    .filter(granted.located().found()::ledOutOf)
                    .findFirst()
                    .ifPresent(left -> granted.value()
                            .problem("leaves " + left + " through a symbolic link, to "
                                    + granted.located().shown()
                                    + "; an agent may have put the link there: write the real path if you mean it"));
            if (seen.contains(real)) {
                granted.value().problem("names " + granted.located().shown() + " a second time; once is enough");
            }
            seen.add(real);
        }
        List<String> marked = section.flatMap(files -> files.get(MarkedPatterns.KEY))
                .map(MarkedPatterns::read)
                .orElse(List.of());
        return new Charter.FileGrants(reals(read), reals(write), marked);
    }

    private record Located(Paths.Found found, boolean relative) {
        String shown() {
            return Shown.clean(found.real().toString());
        }
    }

    private record Granted(Value value, Located located) {}

    private List<Granted> grants(Value list, Optional<Path> base, boolean write) {
        List<Granted> grants = new ArrayList<>();
        for (Value item : list.items()) {
            Optional<Located> located = item.text(LONGEST, ALLOWED).flatMap(text -> locate(item, text, base));
            if (located.isEmpty()) {
                continue;
            }
            Optional<String> refusal = paths.grantRefusal(located.get().found().real(), write);
            if (refusal.isPresent()) {
                item.problem("is " + located.get().shown() + ", which " + refusal.get());
            } else {
                grants.add(new Granted(item, located.get()));
            }
        }
        return grants;
    }

    private Optional<Located> locate(Value value, String text, Optional<Path> base) {
        try {
            Paths.Found found = Paths.find(base.isPresent() ? paths.named(text, base.get()) : paths.absolute(text));
            if (found.real().toString().codePoints().anyMatch(Shown::steers)) {
                value.problem("leads to a path with invisible characters in it; rename that directory");
                return Optional.empty();
            }
            return Optional.of(new Located(found, !text.startsWith("/") && !text.startsWith("~")));
        } catch (IllegalArgumentException e) {
            value.problem(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            value.problem("is " + Shown.quote(text) + ", which does not exist or cannot be reached; an existing path is"
                    + " allowed");
        }
        return Optional.empty();
    }

    private static List<Path> reals(List<Granted> grants) {
        return grants.stream().map(granted -> granted.located().found().real()).toList();
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
