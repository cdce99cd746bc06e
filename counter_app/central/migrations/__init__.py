"""The steps by which an older centre's tables are brought up to this release, forward only."""
