package dev.pawl.policy.learn;

import dev.pawl.core.Boundary;
import dev.pawl.core.Charter;
import dev.pawl.core.CommandGrant;
import dev.pawl.core.SecretGrant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Charters that differ in some parts. */
final class Charters {
    private Charters() {}

    static Charter with(Charter charter, Charter.NetworkGrants network, Optional<List<CommandGrant>> commands) {
        return with(charter, network, commands, charter.files().read(), charter.boundaries());
    }

    static Charter with(
            Charter charter,
            Charter.NetworkGrants network,
            Optional<List<CommandGrant>> commands,
            List<Path> read,
            List<Boundary> boundaries) {
        return new Charter(
                charter.agent(),
                charter.owner(),
                charter.purpose(),
                charter.workspace(),
                new Charter.FileGrants(
                        read, charter.files().write(), charter.files().marked()),
                network,
                commands,
                charter.env(),
                charter.budget(),
                charter.asks(),
                boundaries,
                charter.instructions(),
                charter.secrets().stream()
                        .filter(secret -> held(network, secret))
                        .toList(),
                charter.tools(),
                charter.source());
    }

    static Charter withPurpose(Charter charter, String purpose) {
        return new Charter(
                charter.agent(),
                charter.owner(),
                purpose,
                charter.workspace(),
                charter.files(),
                charter.network(),
                charter.commands(),
                charter.env(),
                charter.budget(),
                charter.asks(),
                charter.boundaries(),
                charter.instructions(),
                charter.secrets(),
                charter.tools(),
                charter.source());
    }

    /** A secret needs the grant it is sent under. */
    private static boolean held(Charter.NetworkGrants network, SecretGrant secret) {
        return network.allow().stream()
                .anyMatch(grant -> grant.covers(secret.host())
                        && grant.port() == secret.port()
                        && grant.inspection().isPresent());
    }
}
