/** Tests of the scripted model, spoken to over real sockets. */
@NullMarked
package dev.pawl.drill.model;

import org.jspecify.annotations.NullMarked;
