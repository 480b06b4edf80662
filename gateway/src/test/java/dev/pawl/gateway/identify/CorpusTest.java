package dev.pawl.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.core.SpokenProtocols;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Recorded flows: nothing that matters is missed, nothing harmless is taken for it. */
class CorpusTest {
    @Test
    void noSshAndNoMiningIsMissedAndNothingElseIsCalledThat() throws Exception {
        for (Corpus.Sample sample : Corpus.read()) {
            String protocol = sample.identified().protocol();
            String expected = sample.group().equals("mining") ? "stratum" : sample.group();
            for (String name : List.of("stratum", "ssh")) {
                assertThat(protocol.equals(name))
                        .as("%s is %s", sample.flow(), protocol)
                        .isEqualTo(expected.equals(name));
            }
        }
    }

    /** The table in the document is what this says. */
    @Test
    void theDocumentHasTheseNumbers() throws Exception {
        String rows = IdentificationTable.rows(Corpus.read());
        Path document = Path.of(System.getProperty("pawl.root", ".."), "docs", "identification.md");
        assertThat(Files.readString(document)).contains(rows);
    }

    @Test
    void everyNameIsListed() throws Exception {
        for (Recognisers.Named each : Recognisers.ofConnections()) {
            assertThat(SpokenProtocols.NAMES).contains(each.protocol());
        }
        for (Corpus.Sample sample : Corpus.read()) {
            Identity identity = sample.identified();
            if (!sample.datagrams() && identity.known() && identity.confidence() == Confidence.CERTAIN) {
                assertThat(SpokenProtocols.NAMES).contains(identity.protocol());
            }
        }
    }

    @Test
    void piecesChangeNothing() throws Exception {
        Random random = new Random(17);
        for (Corpus.Sample sample : Corpus.read()) {
            if (!sample.datagrams()) {
                assertThat(sample.cut(random)).as(sample.flow()).isEqualTo(sample.identified());
            }
        }
    }
}
