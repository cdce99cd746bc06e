"""`python -m counter_app` does what the command `counter-app` does."""

from counter_app.cli import main

if __name__ == "__main__":
    main()
