"""The message of a conversion that failed shows the text."""

int("12three")
