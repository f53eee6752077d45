"""Mocks: what they answer, what they tell afterwards, and what they are put in the place of."""

import asyncio
import inspect
import os
from unittest import mock
from unittest.mock import ANY, DEFAULT, AsyncMock, MagicMock, Mock, PropertyMock, call, mock_open, patch, seal, sentinel


def told(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except BaseException as error:
        print(f"{type(error).__name__}: {error}")


service = Mock()
service.load(1, name="x")
service.load.return_value = 5
print(service.load(2), service.load.called, service.load.call_count, service.load.call_args, service.load.call_args_list)
print(service.mock_calls, service.method_calls, service.load.call_args.args, service.load.call_args.kwargs)
told(service.load.assert_called_once)
told(service.load.assert_called_with, 3)
told(service.load.assert_called_with, 2)
told(service.load.assert_called_once_with, 2)
told(service.load.assert_any_call, 1, name="x")
told(service.load.assert_any_call, 9)
told(service.load.assert_not_called)
told(service.save.assert_called)
told(service.save.assert_called_with, 1, a=2)
told(service.load.assert_has_calls, [call(1, name="x"), call(2)])
told(service.load.assert_has_calls, [call(2), call(1, name="x")])
told(service.load.assert_has_calls, [call(2), call(1, name="x")], any_order=True)
told(lambda: service.asert_called())
print(call(1, a=2), call.a.b(3), call.a(1).b(2).call_list(), call(1) == call(1), call(ANY, 2) == call(1, 2), call(1) == ((1,), {}))

chained = Mock(name="chained")
chained.open("f").read(10).strip()
print(chained.mock_calls, chained.method_calls)
print(call.open("f").read(10).strip().call_list() == chained.mock_calls)
chained.reset_mock()
print(chained.mock_calls, chained.open.called)

effects = Mock(side_effect=[1, ValueError("no"), DEFAULT], return_value="default")
for _ in range(4):
    told(effects)
print(Mock(side_effect=lambda x: x * 2)(4), Mock(wraps=len)("abc"), Mock(return_value=3)())
told(Mock(side_effect=KeyError("k")))
configured = Mock(**{"method.return_value": 3, "other.side_effect": OSError("gone")}, size=4)
print(configured.method(), configured.size)
told(configured.other)


class Shop:
    rate = 2

    def buy(self, what, count=1):
        return f"bought {count} {what}"

    def sell(self):
        return "sold"


shop = Mock(spec=Shop)
print(isinstance(shop, Shop), shop.buy("tea") is shop.buy.return_value)
told(lambda: shop.steal)
strict = Mock(spec_set=Shop)
told(lambda: setattr(strict, "unknown", 1))
del shop.sell
told(lambda: hasattr(shop, "sell"))

magic = MagicMock()
magic.__len__.return_value = 3
magic.__getitem__.side_effect = lambda key: key * 2
magic.__iter__.return_value = [1, 2]
print(len(magic), magic["ab"], list(magic), list(magic), bool(magic), int(magic), 1 in magic, magic == magic, magic == 3)
with magic as entered:
    pass
print(entered is magic.__enter__.return_value, magic.__exit__.called)
magic.__str__ = lambda self: "shown"
print(str(magic), magic.__getitem__.call_args)
told(lambda: len(Mock()))
counted = MagicMock()
counted += 1
print(type(counted).__name__, isinstance(counted, Mock))

with patch.object(Shop, "buy", return_value="patched") as replaced:
    print(Shop().buy("tea"), replaced.mock_calls)
print(Shop().buy("tea"))
with patch.object(Shop, "rate", 5):
    print(Shop.rate)
print(Shop.rate)
told(lambda: patch.object(Shop, "absent").start())
told(lambda: patch("nothing"))
with patch(f"{__name__}.Shop") as shops:
    print(Shop is shops, Shop().x is shops.return_value.x)
with patch.dict(os.environ, {"A_TEST": "here"}):
    print(os.environ["A_TEST"])
print("A_TEST" in os.environ)
table = {"a": 1}
with patch.dict(table, b=2, clear=True):
    print(table)
print(table)


@patch.object(Shop, "sell")
@patch.object(Shop, "buy")
def both(extra, buy, sell):
    print(Shop.buy is buy, Shop.sell is sell, extra)


both("extra")


@patch.multiple(Shop, buy=DEFAULT, rate=7)
def several(buy):
    print(Shop.buy is buy, Shop.rate)


several()
print(Shop.rate)
patcher = patch.object(Shop, "rate", 9)
print(patcher.start(), Shop.rate)
patch.stopall()
print(Shop.rate)


@patch.object(Shop, "rate", 11)
class Tests:
    def test_one(self):
        return Shop.rate

    def other(self):
        return Shop.rate


print(Tests().test_one(), Tests().other())

owner = Mock()
type(owner).price = PropertyMock(return_value=8)
print(owner.price)
print(sentinel.one, sentinel.one is sentinel.one, sentinel.one is sentinel.two, DEFAULT)

opened = mock_open(read_data="one\ntwo\n")
with patch("builtins.open", opened):
    with open("file", "w") as file:
        print(file.read())
        file.write("text")
    with open("file") as file:
        print(list(file), file.readline() == "")
print(opened.call_args_list, opened().write.call_args)
opened.assert_any_call("file", "w")

parent = Mock()
child = Mock(name="child")
parent.attach_mock(child, "child")
child(1)
parent.other(2)
print(parent.mock_calls)
seal(parent)
told(lambda: parent.more)


async def main():
    fetch = AsyncMock(return_value=4)
    print(await fetch(1), fetch.await_count, fetch.await_args)
    fetch.assert_awaited_once_with(1)
    told(fetch.assert_awaited_with, 2)
    told(fetch.assert_not_awaited)
    failing = AsyncMock(side_effect=[1, ValueError("later")])
    print(await failing())
    try:
        await failing()
    except ValueError as error:
        print(error)
    manager = MagicMock()
    async with manager as inside:
        print(inside is manager.__aenter__.return_value)
    rows = MagicMock()
    rows.__aiter__.return_value = [1, 2]
    print([row async for row in rows])
    never = AsyncMock()
    told(never.assert_awaited)


asyncio.run(main())

print("-- counted among coroutine functions; told how to show themselves")
print(inspect.iscoroutinefunction(AsyncMock()), inspect.iscoroutinefunction(MagicMock()))
shown = Mock()
shown.__repr__ = Mock()
shown.__repr__.return_value = "<shown>"
print(repr(shown), shown.__repr__.call_count)

print("-- special methods that are there")
many = MagicMock()
many.__next__.return_value = "next"
many.__radd__.return_value = "added"
print(next(many), 1 + many, hasattr(MagicMock(spec=[]), "__next__"))
