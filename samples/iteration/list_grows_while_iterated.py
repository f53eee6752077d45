"""A list iterator looks at the list as it is now, and once at its end it stays there."""

queue = [1, 2, 3]
iterator = iter(queue)
for number in iterator:
    if number < 3:
        queue.append(number * 10)
    print(number)
queue.append("late")
print(list(iterator), queue)
