"""The transport of other programs, under the name that CPython has for what its systems have in common."""

from .subprocess_transports import _UnixSubprocessTransport as BaseSubprocessTransport
