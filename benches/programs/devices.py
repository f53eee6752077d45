"""A simulated operating system: small classes, virtual methods, linked packets, queues."""


class Packet:
    def __init__(self, link, identity, kind):
        self.link = link
        self.identity = identity
        self.kind = kind
        self.value = 0

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, system, name, priority):
        self.system = system
        self.name = name
        self.priority = priority
        self.queue = None
        self.held = False
        self.handled = 0

    @property
    def ready(self):
        return not self.held and self.queue is not None

    def take(self):
        packet = self.queue
        self.queue = packet.link
        packet.link = None
        return packet

    def receive(self, packet):
        self.queue = packet.append_to(self.queue)

    def run(self):
        packet = self.take()
        self.handled += 1
        self.handle(packet)

    def handle(self, packet):
        raise NotImplementedError


class Worker(Task):
    def handle(self, packet):
        packet.value = (packet.value * 7 + packet.identity) % 1009
        target = "device" if packet.value % 3 else "handler"
        self.system.send(target, packet)


class Device(Task):
    def handle(self, packet):
        packet.value += 1
        self.system.send("worker", packet)


class Handler(Task):
    def handle(self, packet):
        if packet.kind == 0:
            packet.kind = 1
            self.system.send("device", packet)
        else:
            packet.kind = 0
            self.system.send("worker", packet)


class System:
    def __init__(self):
        self.tasks = {}
        self.order = []
        self.sent = 0

    def add(self, task):
        self.tasks[task.name] = task
        self.order.append(task)
        self.order.sort(key=lambda each: each.priority)

    def send(self, name, packet):
        self.sent += 1
        self.tasks[name].receive(packet)

    def run(self, steps):
        while self.sent < steps:
            for task in self.order:
                if task.ready:
                    task.run()
                    break


def main():
    system = System()
    system.add(Worker(system, "worker", 3))
    system.add(Device(system, "device", 1))
    system.add(Handler(system, "handler", 2))
    for identity in range(6):
        system.send("worker", Packet(None, identity, identity % 2))
    system.run(400_000)
    print(system.sent, [task.handled for task in system.order])


main()
