"""The list itself: every attack registers here with what is known about it outside and what must hold inside."""

ATTACKS = {}

# name -> "yes" (any user) | "root" | "depends: why" (kernel or machine) | "too dangerous: why".
# Filled by @attack; read by the test, which demands that "yes" works bare, and "root" bare as root.
EXPECT_OUTSIDE = {}

# name -> "denied" | "works" (an honest act, the control of the experiment) | "any: why it harms nobody".
EXPECT_INSIDE = {}


def attack(name, outside="yes", inside="denied", seconds=5, heavy=False):
    """Registers a function(context) -> (worked, detail). Heavy ones run only when named or with --heavy."""
    def register(function):
        if name in ATTACKS:
            raise ValueError("two attacks named " + name)
        ATTACKS[name] = (function, seconds, heavy)
        EXPECT_OUTSIDE[name] = outside
        EXPECT_INSIDE[name] = inside
        return function
    return register
