"""while, for, break, continue, else."""

n = 0
while True:
    n += 1
    if n == 2:
        continue
    if n > 4:
        break
    print("n is", n)
while n > 3:
    n -= 1
else:
    print("while ran out at", n)
for a in range(2, 12):
    for b in range(2, a):
        if a % b == 0:
            break
    else:
        print(a, "is prime")
for letter in "":
    print("never")
else:
    print("nothing to do")
for i in range(3):
    i += 10
    print(i, end=" ")
print()
target = [None]
for target[0] in "ab":
    print(target)
