@NullMarked
package dev.pawl.gateway.inspect;

import org.jspecify.annotations.NullMarked;
