"""Numbers that several parts of asyncio go by."""

# After so many writes to a lost connection the log says so.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5
# A server that could take no connection for want of resources tries again after so many seconds.
ACCEPT_RETRY_DELAY = 1
# So many entries of the stack are kept in debug mode.
DEBUG_STACK_DEPTH = 10
# TLS is given so many seconds to begin and to end, and so many KiB that wait to be read and to be sent.
SSL_HANDSHAKE_TIMEOUT = 60.0
SSL_SHUTDOWN_TIMEOUT = 30.0
FLOW_CONTROL_HIGH_WATER_SSL_READ = 256
FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 512
# What is read at a time of a file that is sent.
SENDFILE_FALLBACK_READBUFFER_SIZE = 256 * 1024
# The threads of an executor are given so many seconds to end.
THREAD_JOIN_TIMEOUT = 300
