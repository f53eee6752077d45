"""A class body is a frame of its own."""


class Settings:
    name = "defaults"
    size = name + 1
