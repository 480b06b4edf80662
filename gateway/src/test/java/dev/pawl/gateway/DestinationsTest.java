package dev.pawl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.Attempt;
import dev.pawl.core.Decision;
import dev.pawl.core.Endpoint;
import dev.pawl.core.Protocol;
import dev.pawl.gateway.testing.NameServer;
import dev.pawl.gateway.testing.Upstream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway asks before it dials, and what it refuses to dial. An address grant for 127.0.0.2 stands for the open network, 127.0.0.3 does not. */
@Timeout(60)
class DestinationsTest {
    private static final Upstream.Talk ECHO = socket -> socket.getInputStream().transferTo(socket.getOutputStream());

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "64:ff9b::7f00:1"})
    void whatThePolicyDeniesIsRefusedInItsWords(String address) throws Exception {
        try (NameServer server = new NameServer().put("inside.example", address);
                Rig rig = Rig.plan()
                        .host("inside.example")
                        .resolver(server.endpoint())
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("inside.example", 443)))
                    .contains(Decision.deny("private-address", "no-lateral-movement", "inside.example leads inside"));
            assertThat(rig.policy.asked())
                    .contains(new Attempt.Dial("inside.example", InetAddress.ofLiteral(address), 443, false));
        }
    }

    @Test
    void everyAddressIsAskedAboutBeforeAnyIsDialled() throws Exception {
        try (NameServer server = new NameServer().put("mixed.example", "10.0.0.1", "203.0.113.9", "::ffff:10.0.0.2");
                Rig rig = Rig.plan()
                        .host("mixed.example")
                        .resolver(server.endpoint())
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("mixed.example", 8443))).isEmpty();
            assertThat(rig.policy.asked())
                    .allSatisfy(dial -> assertThat(dial.port()).isEqualTo(8443))
                    .extracting(dial -> dial.address().getHostAddress())
                    .contains("10.0.0.1", "203.0.113.9");
        }
    }

    @Test
    void aPolicyThatFailsDenies() throws Exception {
        try (NameServer server = new NameServer().put("open.example", "203.0.113.9");
                Rig rig = Rig.plan()
                        .host("open.example")
                        .resolver(server.endpoint())
                        .start()) {
            rig.policy.breakDown();
            assertThat(rig.gateway.objection(Rig.to("open.example", 443)))
                    .hasValueSatisfying(decision -> assertThat(decision.rule()).isEqualTo("policy-error"));
        }
    }

    @Test
    void whereRoutesLeadIsAskedToo() {
        try (Rig rig = Rig.plan()
                .route("mirror.example", 9)
                .route("named.example", new Endpoint("localhost", 10))
                .start()) {
            assertThat(rig.gateway.objection(Rig.to("mirror.example", 443))).isEmpty();
            assertThat(rig.gateway.objection(Rig.to("named.example", 443))).isEmpty();
            assertThat(rig.policy.asked())
                    .contains(
                            new Attempt.Dial("mirror.example", InetAddress.ofLiteral("127.0.0.1"), 9, true),
                            new Attempt.Dial("named.example", InetAddress.ofLiteral("127.0.0.1"), 10, true));
            rig.policy.closeRoutes();
            for (String host : new String[] {"mirror.example", "named.example"}) {
                assertThat(rig.gateway.objection(Rig.to(host, 443)))
                        .contains(Decision.deny("private-address", "no-lateral-movement", host + " leads inside"));
            }
        }
    }

    @Test
    void ordinaryAddressPassesAlsoAmongPrivateOnes() throws Exception {
        try (NameServer server = new NameServer().put("mixed.example", "10.0.0.1", "203.0.113.9");
                Rig rig = Rig.plan()
                        .host("mixed.example")
                        .resolver(server.endpoint())
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("mixed.example", 443))).isEmpty();
        }
    }

    @Test
    void grantOpensItsAddressAndPortOnly() throws Exception {
        try (NameServer server = new NameServer().put("inside.example", "127.0.0.2");
                Rig rig = Rig.plan()
                        .host("inside.example")
                        .address("127.0.0.2/32", 8443)
                        .resolver(server.endpoint())
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("inside.example", 8443))).isEmpty();
            assertThat(rig.gateway.objection(Rig.to("inside.example", 443))).isPresent();
        }
    }

    @Test
    void nameThatCannotBeResolvedIsRefused() throws Exception {
        try (NameServer server = new NameServer().put("broken.example", NameServer.FAIL);
                Rig rig = Rig.plan()
                        .host("gone.example")
                        .host("broken.example")
                        .resolver(server.endpoint())
                        .start()) {
            for (String name : new String[] {"gone.example", "broken.example"}) {
                assertThat(rig.gateway.objection(Rig.to(name, 443)))
                        .hasValueSatisfying(
                                decision -> assertThat(decision.rule()).isEqualTo("unresolved"));
            }
        }
    }

    @Test
    void whatWasCheckedIsWhatIsDialled() throws Exception {
        try (Upstream outside = new Upstream("127.0.0.2", ECHO);
                NameServer server = new NameServer().put("turns.example", "127.0.0.2");
                Rig rig = Rig.plan()
                        .host("turns.example")
                        .address("127.0.0.2/32", outside.port())
                        .resolver(server.endpoint())
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("turns.example", outside.port())))
                    .isEmpty();
            server.put("turns.example", "127.0.0.3");
            rig.sleepOver(Duration.ofMinutes(1));
            try (Socket agent = rig.connect(Rig.to("turns.example", outside.port()), Protocol.TCP)) {
                RelayTest.assertEchoes(agent);
            }
            assertThat(rig.gateway.objection(Rig.to("turns.example", outside.port())))
                    .hasValueSatisfying(decision -> assertThat(decision.rule()).isEqualTo("private-address"));
            assertThat(server.asked()).contains("turns.example");
        }
    }

    @Test
    void targetThatWasNeverCheckedIsNotDialled() throws Exception {
        try (Upstream outside = new Upstream("127.0.0.2", ECHO);
                NameServer server = new NameServer().put("sneaky.example", "127.0.0.2");
                Rig rig = Rig.plan()
                        .host("sneaky.example")
                        .address("127.0.0.2/32", outside.port())
                        .resolver(server.endpoint())
                        .start();
                Socket agent = rig.connect(Rig.to("sneaky.example", outside.port()), Protocol.TCP)) {
            RelayTest.assertReset(agent);
            assertThat(outside.connections()).isZero();
        }
    }

    @Test
    void nextAddressIsTriedWhenTheFirstRefuses() throws Exception {
        try (Upstream outside = new Upstream("127.0.0.2", ECHO);
                NameServer server = new NameServer().put("two.example", "127.0.0.4", "127.0.0.2");
                Rig rig = Rig.plan()
                        .host("two.example")
                        .address("127.0.0.0/8", outside.port())
                        .resolver(server.endpoint())
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("two.example", outside.port())))
                    .isEmpty();
            try (Socket agent = rig.connect(Rig.to("two.example", outside.port()), Protocol.TCP)) {
                RelayTest.assertEchoes(agent);
            }
        }
    }

    @Test
    void routeMayNameItsUpstream() throws Exception {
        try (Upstream upstream = new Upstream(ECHO);
                Rig rig = Rig.plan()
                        .route("mirror.example", new Endpoint("localhost", upstream.port()))
                        .start()) {
            assertThat(rig.gateway.objection(Rig.to("mirror.example", 443))).isEmpty();
            try (Socket agent = rig.connect(Rig.to("mirror.example", 443), Protocol.TCP)) {
                RelayTest.assertEchoes(agent);
            }
        }
    }

    @Test
    void machineIsAskedWhereTheCharterNamesNoResolver() {
        try (Rig rig = Rig.plan().host("localhost").start()) {
            assertThat(rig.gateway.objection(Rig.to("localhost", 443)))
                    .hasValueSatisfying(decision -> assertThat(decision.rule()).isEqualTo("private-address"));
        }
    }

    @Test
    void answersAreKeptForHalfAMinute() throws Exception {
        try (NameServer server = new NameServer().put("kept.example", "203.0.113.9");
                Rig rig = Rig.plan()
                        .host("kept.example")
                        .resolver(server.endpoint())
                        .start()) {
            rig.gateway.objection(Rig.to("kept.example", 443));
            int once = server.asked().size();
            rig.gateway.objection(Rig.to("kept.example", 443));
            assertThat(server.asked()).hasSize(once);
            rig.sleepOver(Duration.ofSeconds(31));
            rig.gateway.objection(Rig.to("kept.example", 443));
            assertThat(server.asked().size()).isGreaterThan(once);
        }
    }
}
