"""What travels between desks, centre and paper: messages, codecs, and the signing of bytes."""
