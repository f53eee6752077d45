# Threads that wait, and signals that arrive.


def again(native, args):
    return _call_bound(native, args)


def park_and_again(native, args, in_time):
    if not parked() and in_time:
        raise TimeoutError("timed out")
    return _call_bound(native, args)


def lock_when_free(lock, deadline):
    while not _lock_taken_or_parked(lock, deadline):
        if not parked():
            return _lock_taken(lock)
    return True


def sleep_among_others(deadline):
    # Only a signal's handler wakes it before its time.
    while parked():
        _thread_park(None, deadline)


def parked():
    while (woken := _thread_resumed()) is None:
        pass
    return woken


def run_signal_handler(handler, signal):
    handler(signal, _interrupted_frame())


def as_set(items):
    return set(items)


def all_threads_wait(waits, stands):
    from threading import _all_wait
    _all_wait(waits, stands)


def send_all(sock, data, flags):
    # A view: what is left is not copied each time.
    rest = memoryview(data)
    while rest:
        rest = rest[sock._send_some(rest, flags):]


def send_all_of(sock, data, flags):
    send_all(sock, data, flags)
    return len(data)


def error_number(connect, socket, address, out_of_time):
    try:
        connect(socket, address)
    except OSError as failure:
        return out_of_time if failure.errno is None else failure.errno
    return 0
