package dev.pawl.ledger.witness;

/** What a witness answers, with the status the protocol has for it. */
sealed interface Answer {
    int status();

    /** What is sent back. */
    String body();

    /** It was consistent; {@code line} is the cosignature. */
    record Cosigned(String line) implements Answer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public String body() {
            return line;
        }
    }

    /** The witness knows the log with another size than the request says. */
    record Conflict(long size) implements Answer {
        @Override
        public int status() {
            return 409;
        }

        @Override
        public String body() {
            return size + "\n";
        }
    }

    /** It is not cosigned. 422 says that it contradicts what was seen before. */
    record Refused(int status, String reason) implements Answer {
        @Override
        public String body() {
            return reason + "\n";
        }
    }
}
