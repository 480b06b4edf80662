/** Tests of evaluations, by real charters and in real payloads. */
@NullMarked
package dev.pawl.server.authzen;

import org.jspecify.annotations.NullMarked;
