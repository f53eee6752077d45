"""The contexts of assertLogs and assertNoLogs."""

import collections
import logging

from .case import _Claim

__unittest = True

_LoggingWatcher = collections.namedtuple("_LoggingWatcher", ["records", "output"])


class _Keeper(logging.Handler):
    """Keeps what is logged, as records and as text."""

    def __init__(self, level, form):
        super().__init__(level)
        self.setFormatter(logging.Formatter(form))
        self.kept = _LoggingWatcher([], [])

    def emit(self, record):
        for one, made in zip(self.kept, (record, self.format(record))):
            one.append(made)

    def flush(self):
        """Nothing is held back."""


class _AssertLogsContext(_Claim):
    """Watches a logger, which meanwhile logs to nothing else."""

    LOGGING_FORMAT = "%(levelname)s:%(name)s:%(message)s"

    def __init__(self, test_case, logger_name, level, no_logs):
        super().__init__(test_case)
        self.logger = logger_name if isinstance(logger_name, logging.Logger) else logging.getLogger(logger_name)
        self.level = logging._nameToLevel.get(level, level) if level else logging.INFO
        self.no_logs = no_logs

    def __enter__(self):
        logger = self.logger
        keeper = _Keeper(self.level, self.LOGGING_FORMAT)
        self.kept = keeper.kept
        self.before = logger.handlers, logger.propagate, logger.level
        logger.handlers, logger.propagate = [keeper], False
        logger.setLevel(self.level)
        return None if self.no_logs else self.kept

    def __exit__(self, kind, error, tb):
        self.logger.handlers, self.logger.propagate, level = self.before
        self.logger.setLevel(level)
        if kind is not None:
            return False
        if self.no_logs and self.kept.records:
            self.refute(f"Unexpected logs found: {self.kept.output!r}")
        elif not self.no_logs and not self.kept.records:
            level = logging.getLevelName(self.level)
            self.refute(f"no logs of level {level} or higher triggered on {self.logger.name}")
