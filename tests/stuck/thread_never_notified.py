import threading

cond = threading.Condition()
ready = False

def waiter():
    with cond:
        cond.wait_for(lambda: ready)

def setter():
    global ready
    with cond:
        ready = True   # no notify

a = threading.Thread(target=waiter, name="waiter"); b = threading.Thread(target=setter, name="setter")
a.start(); b.start(); b.join(); a.join()
