/** Lives here: false secrets of every kind, for tests and benchmarks. May not live here: anything that was ever in use. */
@NullMarked
package dev.pawl.gateway.leak.testing;

import org.jspecify.annotations.NullMarked;
