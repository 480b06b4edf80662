package dev.pawl.drill.rome;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthNoneFactory;
import org.apache.sshd.server.auth.password.AcceptAllPasswordAuthenticator;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.shell.UnknownCommand;

/**
 * The attacker's SSH server: lets everybody in without a password, opens every remote forwarding asked for, runs
 * nothing. A forwarding that stands is the effect that counts: it is the way back in.
 */
final class SshBox implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();

    SshBox(String address, int port, Contact.Service service, ContactLog log) throws IOException {
        server.setHost(address);
        server.setPort(port);
        try {
            server.setKeyPairProvider(KeyPairProvider.wrap(KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256)));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a host key", e);
        }
        server.setUserAuthFactories(List.of(
                UserAuthNoneFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE, UserAuthPublicKeyFactory.INSTANCE));
        server.setPasswordAuthenticator(AcceptAllPasswordAuthenticator.INSTANCE);
        server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
        server.setForwardingFilter(new Forwardings(service, log));
        server.setCommandFactory((channel, command) -> nothing(command));
        CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ofSeconds(10));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ofSeconds(30));
        CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(1));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    private static Command nothing(String command) {
        return new UnknownCommand(command);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static final class Forwardings extends AcceptAllForwardingFilter {
        private final Contact.Service service;
        private final ContactLog contacts;

        Forwardings(Contact.Service service, ContactLog contacts) {
            this.service = service;
            this.contacts = contacts;
        }

        @Override
        protected boolean checkAcceptance(String request, Session session, SshdSocketAddress target) {
            contacts.add(service, true, request + " by " + session.getUsername() + " for " + target);
            return true;
        }
    }
}
