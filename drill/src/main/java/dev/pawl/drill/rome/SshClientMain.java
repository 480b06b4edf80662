package dev.pawl.drill.rome;

import java.io.IOException;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** {@code ssh -R 0:127.0.0.1:22} for machines without an SSH client. Arguments: address, port. */
final class SshClientMain {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private SshClientMain() {}

    public static void main(String[] arguments) {
        int status = 0;
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            int port = Integer.parseInt(arguments[1]);
            try (ClientSession session =
                    client.connect("rome", arguments[0], port).verify(LIMIT).getSession()) {
                session.auth().verify(LIMIT);
                session.startRemotePortForwarding(
                        new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 22));
            }
        } catch (IOException e) {
            System.err.println("ssh: " + e.getMessage());
            status = 255;
        }
        System.exit(status);
    }
}
