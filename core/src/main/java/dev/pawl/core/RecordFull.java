package dev.pawl.core;

import java.io.IOException;

/** The record has no room for an event at present. Nothing of it was kept and nothing else was lost; it can be tried again. */
public final class RecordFull extends IOException {
    private static final long serialVersionUID = 1L;

    public RecordFull(String message) {
        super(message);
    }
}
