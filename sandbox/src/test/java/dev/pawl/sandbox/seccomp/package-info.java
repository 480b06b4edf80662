/** Tests of this package that need no running sandbox. */
@NullMarked
package dev.pawl.sandbox.seccomp;

import org.jspecify.annotations.NullMarked;
