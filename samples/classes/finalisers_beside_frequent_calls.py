"""A finaliser that becomes due in a call of a builtin runs after that call, which happens once."""


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def replace(items, key):
    table = {key: Noted("in the table")}
    items.append(table.pop(key).name)
    table.setdefault(key, Noted("by default"))
    table.pop(key)
    items.append(len(items))
    items.append(key)
    members = {Noted("a member")}
    members.pop()
    items.append(len(members))
    print(items)


def main():
    items = []
    replace(items, "key")
    append = items.append
    append(Noted("bound"))
    items.pop()
    print(items, len(items))
    values = [Noted("first"), Noted("second")]
    values.pop()
    values.append(3)
    print(len(values), isinstance(values, list))
    numbers = []
    for i in range(3):
        numbers.append(Noted(i))
        if len(numbers) > 1:
            numbers.pop()
        print(len(numbers))


main()
