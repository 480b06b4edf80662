package dev.pawl.policy.cedar;

/**
 * The name of an entity: a type such as {@code Host} or {@code Pawl::Host}, and an id that may be any text.
 *
 * @param type identifiers joined by {@code ::}
 * @param id any text
 */
public record EntityUid(String type, String id) implements Value, Comparable<EntityUid> {
    // Written out: the strings remember their hashes, so this is two reads and no call through a method handle.
    @Override
    public int hashCode() {
        return 31 * type.hashCode() + id.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof EntityUid that && id.equals(that.id) && type.equals(that.type));
    }

    /** No order of the language: with it, hash tables stay fast whatever ids somebody makes up. */
    @Override
    public int compareTo(EntityUid other) {
        int lengths = Integer.compare(id.length(), other.id.length());
        int ids = lengths != 0 ? lengths : id.compareTo(other.id);
        return ids != 0 ? ids : type.compareTo(other.type);
    }

    @Override
    public String toString() {
        return type + "::" + Quotes.quote(id);
    }
}
