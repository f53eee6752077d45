"""A program that is told that a thread waits for ever, frees it, and is stuck once more later."""

import threading

lock = threading.Lock()
lock.acquire()
waits = threading.Thread(target=lock.acquire, name="waits")
waits.start()
try:
    waits.join()
except SystemExit as told:
    print("status", told.code)
lock.release()
waits.join()
print(threading.current_thread().name, threading.Thread().daemon, threading.active_count())

again = threading.Thread(target=lock.acquire, name="again")
again.start()
again.join()
