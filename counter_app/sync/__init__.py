"""What a desk sends to the centre and learns from it, in the background or when asked."""
