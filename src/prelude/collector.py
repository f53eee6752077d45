# Collections of cycles, as far as Python code runs in them: finalisers, weak references' callbacks, `gc.callbacks`.


def run_finalizers_of_garbage(callbacks):
    callbacks.reverse()
    while callbacks:
        tell_watcher(callbacks.pop(), 'on')
    while (doomed := _next_doomed()) is not None:
        while doomed:
            finalize(doomed.pop())


def finish_collection(waiting):
    try:
        run_finalizers_of_garbage(waiting)
    finally:
        collected = _clear_garbage()
    return collected


def collect_and_tell(generation):
    try:
        tell_collector_callbacks('start', generation, 0)
        run_finalizers_of_garbage(_find_garbage(generation))
    finally:
        collected = _clear_garbage()
        tell_collector_callbacks('stop', generation, collected)
        _end_collection()
    return collected


def tell_collector_callbacks(phase, generation, collected):
    # One by one: a callback may change the list.
    for callback in _collector_callbacks():
        info = {'generation': generation, 'collected': collected, 'uncollectable': 0}
        finalize_with(callback, (phase, info), lambda: f'while calling GC callback {callback!r}')
