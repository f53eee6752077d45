import queue, threading

q = queue.Queue()
done = threading.Event()

def consumer():
    while True:
        item = q.get()
        if item is None:
            break
        print(item)
    done.set()

t = threading.Thread(target=consumer, name="consumer")
t.start()
q.put(1)
done.wait()
