package dev.pawl.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
    private static final String FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    @Test
    void theExampleOfTheSpecification() throws IOException, FormatFault {
        byte[] note = Corpus.example("signed-note.md", 1).getBytes(UTF_8);
        NoteKey key = NoteKey.parse(FOO);
        assertThat(key.text()).isEqualTo(FOO);
        SignedNote parsed = SignedNote.parse(note);
        parsed.requireSignature(key);
        assertThat(parsed.text()).isEqualTo("This is an example message.\n");
        assertThat(parsed.bytes()).isEqualTo(note);
        for (int i = 0; i < note.length; i++) {
            byte[] changed = note.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> SignedNote.parse(changed).requireSignature(key))
                    .as("byte " + i)
                    .isInstanceOf(FormatFault.class);
        }
    }

    @Test
    void examplesWhoseKeysAreNotPublishedAtLeastParse() throws IOException, FormatFault {
        SignedNote poem = SignedNote.parse(Corpus.example("signed-note.md", 0).getBytes(UTF_8));
        assertThat(poem.text()).contains("\n\n").endsWith("sera.\n");
        assertThat(poem.lines()).extracting(SignedNote.Line::name).containsExactly("quasimodo.example/salvatore");
        for (String document : List.of("tlog-checkpoint.md", "tlog-cosignature.md")) {
            Checkpoint checkpoint =
                    Checkpoint.read(SignedNote.parse(Corpus.example(document, 0).getBytes(UTF_8)));
            assertThat(checkpoint.size()).isEqualTo(20852163);
            assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        }
    }

    @Test
    void whatIsNoNote() {
        for (String note : List.of(
                "",
                "text",
                "text\n",
                "text\n\n",
                "text\n\n\n",
                "text\n\nno mark AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAA",
                "text\n\n\u2014 name  AAAAAAAA\n",
                "text\n\n\u2014 na+me AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAA\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAB==\n",
                "te\txt\n\n\u2014 name AAAAAAAA\n",
                "text\r\n\n\u2014 name AAAAAAAA\n")) {
            assertThatThrownBy(() -> SignedNote.parse(note.getBytes(UTF_8)))
                    .as(note)
                    .isInstanceOf(FormatFault.class);
        }
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xff, '\n', '\n'}))
                .isInstanceOf(FormatFault.class);
    }

    @Test
    void whatIsNoKey() {
        for (String key : List.of(
                "",
                "name",
                FOO.replace("530d903a", "530d903b"),
                FOO.replace("foo", "fop"),
                FOO.replace("AekyeRrm", "AukyeRrm"),
                FOO + "AAAA",
                FOO.substring(0, FOO.length() - 4),
                " " + FOO)) {
            assertThatThrownBy(() -> NoteKey.parse(key)).as(key).isInstanceOf(FormatFault.class);
        }
    }

    @Test
    void whatIsNoCheckpoint() {
        String root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        for (String text : List.of(
                "o\n",
                "o\n1\n",
                "o\n01\n" + root + "\n",
                "o\n-1\n" + root + "\n",
                "o\n+1\n" + root + "\n",
                "o\n1\n" + root.substring(1) + "\n",
                "\n1\n" + root + "\n",
                "o\n1\n" + root + "\n\nx\n",
                "o\n1111111111111111111111\n" + root + "\n")) {
            assertThatThrownBy(() -> Checkpoint.read(new SignedNote(text, List.of())))
                    .as(text)
                    .isInstanceOf(FormatFault.class);
        }
    }
}
