"""The steps by which the store of an older release is brought up to this one, forward only."""
