"""The public page on which a citizen sees how far a dossier has come."""
