"""A container as the argument of its own method: what is read is what it held before."""

import collections

numbers = [1, 2, 3]
numbers.extend(numbers)
print(numbers)
numbers += numbers
print(len(numbers))
numbers[1:2] = numbers
print(len(numbers), numbers[:4])
numbers[:] = numbers
numbers *= 2
print(len(numbers), numbers == numbers, numbers + numbers == numbers * 2)

mapping = {"a": 1}
mapping.update(mapping)
mapping |= mapping
print(mapping, mapping | mapping)

members = {1, 2}
members.update(members)
members |= members
members &= members
print(members, members - members, members.issubset(members))
members -= members
print(members)
members.add(3)
members.symmetric_difference_update(members)
print(members)

octets = bytearray(b"ab")
octets.extend(octets)
try:
    octets += octets
except BufferError as error:
    print(error)
octets[1:1] = octets
print(octets, octets.find(octets))

queue = collections.deque([1, 2])
queue.extend(queue)
queue += queue
queue.extendleft(queue)
print(len(queue), queue == queue)

counts = collections.Counter("aab")
counts.update(counts)
print(counts)
text = "ab"
text += text
print(text, text.replace(text, text), text.join(text))
