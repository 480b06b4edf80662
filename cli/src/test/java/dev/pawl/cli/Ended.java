package dev.pawl.cli;

import java.util.List;

/** What a program left: exit code, standard output, standard error. */
record Ended(int code, String out, String err) {
    List<String> lines() {
        return out.lines().toList();
    }

    @Override
    public String toString() {
        return "exit " + code + "\n" + cut(out) + "\n" + cut(err);
    }

    private static String cut(String text) {
        return text.length() < 4000 ? text : text.substring(0, 4000) + "…";
    }
}
