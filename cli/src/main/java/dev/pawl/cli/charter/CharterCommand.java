package dev.pawl.cli.charter;

import picocli.CommandLine.Command;

/** The commands that look at charters without running anything. */
@Command(
        name = "charter",
        description = "Check a charter, show what it means, or compare two.",
        subcommands = {CheckCommand.class, ShowCommand.class})
public final class CharterCommand {}
