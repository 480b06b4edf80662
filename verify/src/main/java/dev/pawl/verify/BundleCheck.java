package dev.pawl.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * One bundle beside the tile of its hashes.
 *
 * @param leaves the hashes of the entries that are there
 * @param differs the first entry that is not the one its hash was made of, counted in the bundle; -1 if none
 * @param reason what seems to have been done to it
 */
record BundleCheck(List<Digest> leaves, int differs, String reason) {
    static BundleCheck of(EntryBundle bundle, List<Digest> tile, TreeHash hash) {
        List<Digest> leaves = new ArrayList<>(bundle.count());
        int differs = -1;
        for (int i = 0; i < bundle.count(); i++) {
            leaves.add(bundle.leaf(i, hash));
            if (differs < 0 && i < tile.size() && !leaves.get(i).equals(tile.get(i))) {
                differs = i;
            }
        }
        return new BundleCheck(leaves, differs, differs < 0 ? "" : reason(leaves, tile, differs));
    }

    private static String reason(List<Digest> leaves, List<Digest> tile, int at) {
        int place = tile.indexOf(leaves.get(at));
        if (place < 0) {
            int own = leaves.indexOf(tile.get(at));
            return own == at + 1 ? "was inserted before the one that belongs here" : "was changed";
        }
        return leaves.indexOf(tile.get(at)) < 0
                ? "was removed; the one that followed stands in its place"
                : "was moved: another one stands in its place";
    }
}
