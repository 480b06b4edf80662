package dev.pawl.cli.rules;

import dev.pawl.core.Body;
import dev.pawl.detect.Pack;
import dev.pawl.detect.Watch;
import dev.pawl.detect.sigma.RuleSet;
import dev.pawl.detect.sigma.RuleText;
import dev.pawl.detect.sigma.rule.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pawl's rules, those of the added folders and those of more paths, as one set. */
final class LoadedRules {
    private final RuleSet rules;
    private final List<RuleText> texts;
    private final List<Path> promoted;

    private LoadedRules(List<RuleText> texts, List<Path> promoted) {
        this.texts = List.copyOf(texts);
        this.promoted = List.copyOf(promoted);
        this.rules = RuleSet.of(texts, Pack.pipeline());
    }

    /**
     * Loads everything.
     *
     * @throws IOException if a folder cannot be read: rules that are missing silently would not be missed
     */
    static LoadedRules of(Path home, List<Path> more) throws IOException {
        List<RuleText> texts = new ArrayList<>(Pack.rules());
        List<Path> promoted = new ArrayList<>();
        for (RuleFolders.Folder folder : RuleFolders.read(home)) {
            texts.addAll(RuleFiles.read(folder.path()));
            if (folder.promoted()) {
                promoted.add(folder.path());
            }
        }
        for (Path path : more) {
            texts.addAll(RuleFiles.read(path.toAbsolutePath().normalize()));
        }
        return new LoadedRules(texts.stream().distinct().toList(), promoted);
    }

    RuleSet set() {
        return rules;
    }

    /** How many rules are not in force because something is wrong with them. */
    int unusable() {
        return rules.problems().size() + rules.unresolved().size();
    }

    /** The text of the file a rule stands in. */
    String text(Header rule) {
        return texts.stream()
                .filter(text -> text.name().equals(rule.place().file()))
                .map(RuleText::text)
                .findFirst()
                .orElseThrow();
    }

    Watch watch() {
        return new Watch(rules, rules.engine(), this::promoted);
    }

    /** Pawl's own rules count in full; others are kept for whoever looks, unless their folder was promoted. */
    boolean promoted(Header rule) {
        String file = rule.place().file();
        return file.startsWith(Pack.PREFIX)
                || promoted.stream().anyMatch(folder -> Path.of(file).startsWith(folder));
    }

    Body.Severity severity(Header rule) {
        return promoted(rule) ? Watch.severity(rule) : Body.Severity.OBSERVE;
    }
}
