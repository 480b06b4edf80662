/** Tests of the verifier; vectors come from the shared corpora. */
@NullMarked
package dev.pawl.verify;

import org.jspecify.annotations.NullMarked;
