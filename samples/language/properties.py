"""Properties: attributes that are computed, checked, or read only."""


class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("colder than possible")
        self._celsius = value

    @celsius.deleter
    def celsius(self):
        print("forgotten")
        del self._celsius

    @property
    def fahrenheit(self):
        """The same in other degrees."""
        return self.celsius * 9 / 5 + 32


t = Temperature(100)
print(t.celsius, t.fahrenheit, Temperature.fahrenheit.__doc__)
t.celsius = -40
print(t.fahrenheit)
for action in (lambda: Temperature(-300), lambda: setattr(t, "fahrenheit", 0)):
    try:
        action()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__ + ":", error)
del t.celsius
print(hasattr(t, "celsius"), vars(t))
