"""An exception raised while another is being handled shows both."""


def cleanup(resource):
    resource.close()


resource = None
try:
    int("twelve")
except ValueError:
    cleanup(resource)
