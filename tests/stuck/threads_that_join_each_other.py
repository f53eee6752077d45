import threading

threads = []

def wait_for_other(n):
    threads[1 - n].join()

start = threading.Barrier(2)
def body(n):
    start.wait()
    wait_for_other(n)

threads += [threading.Thread(target=body, args=(n,), name=f"t{n}") for n in range(2)]
for t in threads: t.start()
for t in threads: t.join()
