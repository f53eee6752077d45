# The variables of a frame, as `f_locals` shows them (PEP 667).


def frame_locals(frame):
    from _frames import FrameLocalsProxy

    return FrameLocalsProxy(frame)
