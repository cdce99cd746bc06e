"""What the files of law say, and how a file that is wrong is refused."""
