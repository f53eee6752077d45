"""A value sent into a generator, an answer back, over and over."""


def echo():
    answer = 0
    while True:
        received = yield answer
        answer = received + 1


def main():
    partner = echo()
    send = partner.send
    send(None)
    ball = 0
    i = 0
    while i < 6_000_000:
        ball = send(ball)
        i += 1
    print(ball)


main()
