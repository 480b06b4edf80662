package dev.pawl.cli;

import dev.pawl.server.Home;
import java.io.IOException;

/** Where a command finds the state of Pawl; opened only once a command runs. */
@FunctionalInterface
interface HomeSource {
    Home open() throws IOException;
}
