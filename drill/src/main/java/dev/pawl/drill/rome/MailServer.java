package dev.pawl.drill.rome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** A mail server that takes mail for anybody (RFC 5321, the commands a plain client needs) and delivers none. */
final class MailServer implements TcpListener.Handler {
    private static final int MAX_LINES = 1_000;

    private final ContactLog log;

    MailServer(ContactLog log) {
        this.log = log;
    }

    @Override
    public void serve(InputStream in, OutputStream out) throws IOException {
        log.add(Contact.Service.MAIL, false, "connection");
        TcpListener.send(out, "220 mail.example ESMTP\r\n");
        String from = "";
        String to = "";
        boolean data = false;
        for (int lines = 0; lines < MAX_LINES; lines++) {
            Optional<String> line = StratumPool.line(in).map(String::stripTrailing);
            if (line.isEmpty()) {
                return;
            }
            String verb = line.get().toUpperCase(Locale.ROOT);
            if (data) {
                data = !line.get().equals(".");
                if (!data) {
                    log.add(Contact.Service.MAIL, true, "message " + from + " " + to);
                    TcpListener.send(out, "250 taken\r\n");
                }
            } else if (verb.startsWith("MAIL FROM:")) {
                from = line.get().substring("MAIL ".length());
                TcpListener.send(out, "250 ok\r\n");
            } else if (verb.startsWith("RCPT TO:")) {
                to = line.get().substring("RCPT ".length());
                TcpListener.send(out, "250 ok\r\n");
            } else if (verb.equals("DATA") && !to.isEmpty()) {
                data = true;
                TcpListener.send(out, "354 go on, end with a dot\r\n");
            } else if (verb.equals("QUIT")) {
                TcpListener.send(out, "221 bye\r\n");
                return;
            } else {
                TcpListener.send(
                        out,
                        verb.startsWith("EHLO ") || verb.startsWith("HELO ") ? "250 mail.example\r\n" : "500 no\r\n");
            }
        }
    }
}
