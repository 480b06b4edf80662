/**
 * Lives here: witnesses, on both sides. The one who cosigns checkpoints of other people's logs (C2SP tlog-witness,
 * tlog-cosignature), and the log that asks for cosignatures and hands its checkpoints out.
 *
 * <p>May not live here: the making of tiles and checkpoints, the check of a cosignature (that is {@code dev.pawl.verify}).
 */
@NullMarked
package dev.pawl.ledger.witness;

import org.jspecify.annotations.NullMarked;
