# An f-string may have any number of parts.
x = 7
for count in (100, 127, 128, 300, 1000):
    text = eval("f'" + "{x} " * count + "'")
    print(count, text == "7 " * count)
