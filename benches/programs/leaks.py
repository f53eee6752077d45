# Makes and drops things that can take part in cycles, and prints how many more objects there were at most than before:
# of each kind the same number, however many rounds. `ROUNDS` may be changed by whoever runs it.
import gc

ROUNDS = 10_000_000


def generator():
    inner = yield 1
    try:
        yield inner
    finally:
        inner = None


def generator_dropped():
    made = generator()
    next(made)


def generator_with_finally():
    made = generator()
    next(made)
    made.send(made.gi_code)


def generator_in_a_cycle():
    made = generator()
    next(made)
    made.send(made)


class Pause:
    def __await__(self):
        yield self


async def coroutine(box):
    await Pause()


def coroutine_dropped():
    coroutine(None).send(None)


def coroutine_in_a_cycle():
    box = []
    box.append(coroutine(box))
    box[0].send(None)


async def items(box):
    yield box


def async_generator_in_a_cycle():
    box = []
    box.append(items(box))
    try:
        box[0].asend(None).send(None)
    except StopIteration:
        pass


def exception_dropped():
    try:
        raise ValueError(1)
    except ValueError:
        pass


class Failing:
    def fail(self):
        try:
            raise ValueError(1)
        except ValueError as error:
            self.error = error
            raise


def exception_in_a_cycle():
    try:
        Failing().fail()
    except ValueError:
        pass


def closure_in_a_cycle():
    def function():
        return function


def instance_with_del():
    class_of_it = Deleted()
    class_of_it.me = class_of_it


class Deleted:
    def __del__(self):
        self.me.gone = True


def containers_in_a_cycle():
    made = [{}]
    made[0][1] = (made,)
    made.append({2: made})


def class_in_a_cycle():
    class Local:
        def method(self):
            return Local


def main():
    for make in (
        generator_dropped,
        generator_with_finally,
        generator_in_a_cycle,
        coroutine_dropped,
        coroutine_in_a_cycle,
        async_generator_in_a_cycle,
        exception_dropped,
        exception_in_a_cycle,
        closure_in_a_cycle,
        instance_with_del,
        containers_in_a_cycle,
        class_in_a_cycle,
    ):
        gc.collect()
        before, most = len(gc.get_objects()), 0
        for _ in range(20):
            for _ in range(ROUNDS // 20):
                make()
            most = max(most, len(gc.get_objects()) - before)
        print(make.__name__, most)


main()
