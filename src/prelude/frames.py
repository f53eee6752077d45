# The variables of a frame, as `f_locals` shows them (PEP 667).


def frame_locals(frame):
    from _frames import FrameLocalsProxy

    return FrameLocalsProxy(frame)


def hand_over(notes):
    try:
        for frame, event, argument, back in notes:
            function = _trace_function()
            if function is not None and event != "call":
                function = frame.f_trace
            if function is None:
                continue
            _frame_is_seen(frame, back)
            try:
                local = function(frame, event, argument)
            finally:
                _frame_is_seen(frame, None)
            if local is not None:
                frame.f_trace = local
    except BaseException:
        _end_trace()
        raise
    finally:
        _handed_over()
