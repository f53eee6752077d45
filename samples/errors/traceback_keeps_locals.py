# A traceback keeps the variables of the calls that the exception has left, until the exception is dropped.


class Resource:
    def __del__(self):
        print("resource dropped")


def use(n):
    resource = Resource()
    raise ValueError(n)


try:
    use(7)
except ValueError as error:
    frame = error.__traceback__.tb_next.tb_frame
    print(frame.f_code.co_name, frame.f_locals["n"], sorted(frame.f_locals))
    del frame
    print("handled")
print("after")
