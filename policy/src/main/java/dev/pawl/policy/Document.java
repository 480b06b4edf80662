package dev.pawl.policy;

/** The kinds of file that are read, for messages. */
enum Document {
    CHARTER("charter", "a charter", "it needs agent, owner and purpose"),
    ORGANIZATION("organisation file", "an organisation file", "it needs organization"),
    BOUNDARIES("list of boundaries", "a list of boundaries", "it needs boundaries");

    private final String noun;
    private final String one;
    private final String needs;

    Document(String noun, String one, String needs) {
        this.noun = noun;
        this.one = one;
        this.needs = needs;
    }

    String noun() {
        return noun;
    }

    /** With its article. */
    String one() {
        return one;
    }

    String needs() {
        return needs;
    }
}
