/**
 * The files behind programs: what the kernel needs to run one, and where programs lie.
 *
 * <p>Lives here: reading the first bytes of a program, the set of files that may run. May not live here: which program is
 * granted (the charter says), searching along PATH for a command (whoever starts it does).
 */
@NullMarked
package dev.pawl.sandbox.programs;

import org.jspecify.annotations.NullMarked;
