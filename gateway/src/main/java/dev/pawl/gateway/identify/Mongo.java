package dev.pawl.gateway.identify;

/** MongoDB's wire protocol: a head whose lengths and operation are known, the lowest byte first. */
final class Mongo implements Recogniser {
    private static final int HEAD = 16;
    private static final long LONGEST = 48_000_000;

    @Override
    public Verdict judge(Seen seen) {
        Bytes out = seen.out();
        if (out.length() < HEAD + 4) {
            return out.length() > 3 && (out.le32(0) < HEAD || out.le32(0) > LONGEST) ? Verdict.NO : Verdict.MORE;
        }
        boolean length = out.le32(0) >= HEAD + 5 && out.le32(0) <= LONGEST;
        int operation = (int) Math.min(out.le32(12), Integer.MAX_VALUE);
        boolean known = switch (operation) {
            case 2_001, 2_002, 2_004, 2_005, 2_006, 2_007, 2_012, 2_013 -> true;
            default -> false;
        };
        return length && known ? Verdict.yes(Identity.certain("mongodb")) : Verdict.NO;
    }
}
