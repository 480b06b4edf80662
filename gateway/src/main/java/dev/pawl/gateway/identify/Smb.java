package dev.pawl.gateway.identify;

/** SMB over TCP (MS-SMB2, 2.1), and the session request of NetBIOS before it. */
final class Smb implements Recogniser {
    @Override
    public Verdict judge(Seen seen) {
        Verdict verdict = message(seen.out());
        return verdict instanceof Verdict.No ? message(seen.in()) : verdict;
    }

    private static Verdict message(Bytes bytes) {
        if (bytes.length() < 8) {
            boolean open = bytes.isEmpty() || bytes.at(0) == 0 || bytes.at(0) == 0x81;
            return open ? Verdict.MORE : Verdict.NO;
        }
        boolean smb = bytes.at(0) == 0 && bytes.at(4) >= 0xfc && bytes.is(5, "SMB");
        boolean session = bytes.at(0) == 0x81 && bytes.at(1) == 0 && bytes.u16(2) == 68 && bytes.at(4) == 32;
        return smb || session ? Verdict.yes(Identity.certain("smb")) : Verdict.NO;
    }
}
