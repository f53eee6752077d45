"""Methods of lists, dicts, sets and deques, and what is made from them."""

from collections import Counter, defaultdict, deque


def main():
    total = 0
    grid = {(x, y): x * y for x in range(40) for y in range(40)}
    for step in range(400):
        seen = set()
        queue = deque([(step % 40, 0)])
        while queue:
            place = queue.popleft()
            if place in seen:
                continue
            seen.add(place)
            x, y = place
            for near in ((x + 1, y), (x, y + 1)):
                if near in grid and near not in seen:
                    queue.append(near)
        total += len(seen) + sum(grid[place] for place in seen) % 1009
        groups = defaultdict(list)
        for (x, y), value in grid.items():
            groups[value % 7].append(x - y)
        total += sum(map(len, groups.values())) + max(groups[3]) + len(Counter(groups[1]).most_common(3))
        rows = [list(range(n, n + 20)) for n in range(40)]
        for row in rows:
            row.sort(key=lambda item: -item)
            row.insert(3, row.pop())
            row.extend(row[2:5])
            total += row.index(row[7]) + row.count(5) + len(set(row) & seen_numbers) + min(row) + len(row[::2])
        flat = dict(zip(range(200), reversed(range(200))))
        flat.update({n: n for n in range(50)})
        total += sum(flat.values()) + len(list(flat)) + len(tuple(flat.items())) + flat.get(500, 1) + flat.setdefault(9, 2)
    print(total)


seen_numbers = set(range(0, 60, 3))
main()
