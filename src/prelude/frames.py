# The variables of a frame, as `f_locals` shows them (PEP 667).


def frame_locals(frame):
    from _frames import FrameLocalsProxy

    return FrameLocalsProxy(frame)


def hand_over(notes):
    try:
        for frame, event, argument, back, for_profiler in notes:
            if for_profiler is None:
                _tell_tools(frame, event, argument, *back)
            else:
                tell = _tell_profiler if for_profiler else _tell_tracer
                tell(frame, event, argument, back)
    finally:
        _handed_over()


def call_tracing(function, arguments):
    # Within a trace function, too, what is called is traced.
    before = _is_handing_over(False)
    try:
        return function(*arguments)
    finally:
        _is_handing_over(before)


def _tell_tools(code, event, arguments, tools, place):
    for tool in (5, 4, 3, 2, 1, 0):
        if tools >> tool & 1:
            callback = _monitor_of(tool, event)
            if callback is not None:
                _monitor_answers(callback(code, *arguments), tool, event, code, place)


def _tell_profiler(frame, event, argument, back):
    function = _profile_function()
    if function is None:
        return
    try:
        _tell(function, frame, event, argument, back)
    except BaseException:
        _end_profile()
        raise


def _tell_tracer(frame, event, argument, back):
    function = _trace_function()
    if function is not None and event != "call":
        function = frame.f_trace
    if function is None:
        return
    try:
        local = _tell(function, frame, event, argument, back)
        if local is not None:
            frame.f_trace = local
    except BaseException:
        _end_trace()
        raise


def _tell(function, frame, event, argument, back):
    _frame_is_seen(frame, back)
    try:
        return function(frame, event, argument)
    finally:
        _frame_is_seen(frame, None)
