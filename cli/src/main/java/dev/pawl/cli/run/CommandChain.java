package dev.pawl.cli.run;

import dev.pawl.core.CommandGrant;
import dev.pawl.sandbox.programs.ProgramFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be granted so that an ordered command can start at all: its own file and, where that is a script which
 * names its interpreter by way of env(1), the interpreter too, which env starts as anybody would. An interpreter that a
 * first line names itself is started by the kernel with the script and needs no grant.
 */
final class CommandChain {
    private static final int LONGEST = 5;
    private static final String SHELL = "/bin/sh";
    /** Where a charter's names of programs are looked for (docs/charter.md); for such a one its name is enough. */
    private static final String NAMED = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private CommandChain() {}

    /**
     * Looks whether a command could start.
     *
     * @param writable real paths an agent may write to, where nothing can be granted
     * @throws IOException if a grant is missing; the message holds the lines that are
     */
    static void require(String command, CommandSearch search, List<CommandGrant> grants, List<Path> writable)
            throws IOException {
        List<Path> missing = of(command, search).stream()
                .filter(program ->
                        grants.stream().noneMatch(grant -> grant.program().equals(program)))
                .toList();
        Optional<Path> own = missing.stream()
                .filter(program -> writable.stream().anyMatch(program::startsWith))
                .findFirst();
        if (own.isPresent()) {
            throw new IOException("this charter names its `commands`, and " + own.get()
                    + " lies where the agent may change it, so it cannot be granted as a program; if it is a script,"
                    + " order its interpreter and give the script as an argument");
        }
        if (!missing.isEmpty()) {
            StringBuilder text = new StringBuilder("this charter names its `commands`, and " + command
                    + " cannot start with these; what is missing under `commands:`");
            for (Path program : missing) {
                text.append("\n  - program: ").append(shortest(program));
            }
            throw new IOException(text.toString());
        }
    }

    /** Real paths of the programs that have to be granted, in the order in which they start. */
    private static List<Path> of(String command, CommandSearch search) throws IOException {
        List<Path> chain = new ArrayList<>();
        Optional<String> next = Optional.of(command);
        while (next.isPresent() && chain.size() < LONGEST) {
            Optional<Path> found = search.find(next.get());
            if (found.isEmpty()) {
                // It is not there: the run says so, in the words of a shell.
                return chain;
            }
            Path real = found.get().toRealPath();
            chain.add(real);
            next = switch (ProgramFile.read(real)) {
                case ProgramFile.Elf elf -> Optional.empty();
                case ProgramFile.Script script -> script.throughEnv();
                case ProgramFile.Other other -> Optional.of(SHELL);
            };
        }
        return chain;
    }

    private static String shortest(Path program) throws IOException {
        String name = String.valueOf(program.getFileName());
        Optional<Path> byName = new CommandSearch(Path.of("/"), NAMED).find(name);
        return byName.isPresent() && byName.get().toRealPath().equals(program) ? name : program.toString();
    }
}
