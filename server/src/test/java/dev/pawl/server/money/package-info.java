/** Tests of the accounts of models, over real databases and processes. */
@NullMarked
package dev.pawl.server.money;

import org.jspecify.annotations.NullMarked;
