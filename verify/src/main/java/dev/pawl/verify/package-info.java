/**
 * Checks a log without trusting who wrote it: hashes, proofs, signed notes, tiles. Depends on the JDK alone.
 *
 * <p>Lives here: formats (RFC 9162 hashing, C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof, the journal) and
 * their verification. May not live here: writing a log, signing, finding a key, anything of another module.
 */
@NullMarked
package dev.pawl.verify;

import org.jspecify.annotations.NullMarked;
