@NullMarked
package dev.pawl.gateway.tls;

import org.jspecify.annotations.NullMarked;
