package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SSH from either side, and text that only quotes it. */
class SshTest {
    private static final String BANNER = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                BANNER,
                "SSH-2.0-x\n",
                "SSH-1.99-OpenSSH_3.9p1\n",
                "SSH-1.5-OpenSSH_6.2\n",
                "SSH-2.0-dropbear_2022.83\r\n\u0000\u0000\u0001",
                "SSH-2.0-\u0080\u0081\r\n",
                "SSH- 2. 0-x\n",
                "SSH-02.0-\tx\n",
                "SSH-2.0-\r\n",
            })
    void eitherSideMayBegin(String text) {
        assertThat(Talk.out(text).identity().protocol()).isEqualTo("ssh");
        assertThat(Talk.in(text).identity().protocol()).isEqualTo("ssh");
    }

    @Test
    void itsBannerIsKept() {
        assertThat(Talk.in(BANNER).identity().details().banner()).isEqualTo("SSH-2.0-OpenSSH_9.2p1 Debian-2");
    }

    @Test
    void linesMayComeBefore() {
        String before = "Welcome to the bastion\r\nAuthorised use only\r\n";
        assertThat(Talk.in(before + BANNER).andOut(BANNER).identity().protocol())
                .isEqualTo("ssh");
        assertThat(Talk.out(BANNER).andIn(before + BANNER).identity().protocol())
                .isEqualTo("ssh");
        assertThat(Talk.in(before + BANNER).identity())
                .extracting(Identity::protocol, Identity::confidence)
                .containsExactly("ssh", Confidence.SUSPECT);
        assertThat(Talk.out("noise\n" + BANNER)
                        .andIn("other noise\n" + BANNER)
                        .identity()
                        .protocol())
                .isEqualTo("ssh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "how do I read SSH-2.0-OpenSSH_9.2 in a log?\n",
                "look:\nSSH-2.0-OpenSSH_9.2\nwhat is it?\n",
                "SSH-\n",
                "SSH-2.0\n",
                "ssh-2.0-openssh\n",
                "XSSH-2.0-x\n"
            })
    void whatQuotesItIsNot(String text) {
        assertThat(Talk.out(text).andIn("no idea\n").identity().protocol()).isNotEqualTo("ssh");
        assertThat(Talk.in("hello\n").andOut(text).identity().protocol()).isNotEqualTo("ssh");
    }

    @Test
    void itIsFoundBehindRelays() {
        assertThat(Talk.out("CONNECT box:22 HTTP/1.1\r\nHost: box:22\r\n\r\n")
                        .andIn("HTTP/1.1 200 OK\r\n\r\n" + BANNER)
                        .identity())
                .extracting(Identity::protocol, Identity::over)
                .containsExactly("ssh", "http");
        assertThat(Talk.out("\u0005\u0001\u0000")
                        .andIn("\u0005\u0000")
                        .andOut("\u0005\u0001\u0000\u0001\u0001\u0002\u0003\u0004\u0000\u0016")
                        .andIn("\u0005\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000")
                        .andIn(BANNER)
                        .identity())
                .extracting(Identity::protocol, Identity::over)
                .containsExactly("ssh", "socks");
        assertThat(Talk.out("\u0005\u0001\u0002")
                        .andIn("\u0005\u0002")
                        .andOut("\u0001\u0001a\u0001b")
                        .andIn("\u0001\u0000")
                        .andOut("\u0005\u0001\u0000\u0001\u0001\u0002\u0003\u0004\u0000\u0016" + BANNER)
                        .andIn("\u0005\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000")
                        .identity()
                        .protocol())
                .isEqualTo("ssh");
        assertThat(Talk.out("PROXY TCP4 1.2.3.4 5.6.7.8 1 22\r\n" + BANNER)
                        .identity()
                        .protocol())
                .isEqualTo("ssh");
    }
}
