package dev.pawl.drill.model;

import tools.jackson.databind.node.ObjectNode;

/** What the model says next. */
sealed interface Turn {
    /** Call one tool. {@code id} is unique within the conversation. */
    record Call(String id, String tool, ObjectNode arguments) implements Turn {}

    /** Say something and end the turn. */
    record Say(String text) implements Turn {}
}
