"""`raise ... from ...` shows the cause first."""


def read(settings):
    try:
        return settings["port"]
    except KeyError as error:
        raise RuntimeError("no port in the settings") from error


read({"host": "here"})
