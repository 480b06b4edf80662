/**
 * The seccomp filter an agent runs under, as reviewable data, and the notifications it raises.
 *
 * <p>Lives here: the filter program, installing it, receiving and answering notifications. May not live here: what the
 * answer should be.
 */
@NullMarked
package dev.pawl.sandbox.seccomp;

import org.jspecify.annotations.NullMarked;
