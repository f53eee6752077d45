"""Sets of named constants."""

__all__ = [
    "EnumType",
    "EnumMeta",
    "EnumDict",
    "Enum",
    "IntEnum",
    "StrEnum",
    "Flag",
    "IntFlag",
    "ReprEnum",
    "auto",
    "unique",
    "property",
    "verify",
    "member",
    "nonmember",
    "FlagBoundary",
    "STRICT",
    "CONFORM",
    "EJECT",
    "KEEP",
    "global_flag_repr",
    "global_enum_repr",
    "global_str",
    "global_enum",
    "EnumCheck",
    "CONTINUOUS",
    "NAMED_FLAGS",
    "UNIQUE",
    "pickle_by_global_name",
    "pickle_by_enum_name",
]

import itertools
import sys
from builtins import bin as _bin
from builtins import property as _builtin_property
from types import DynamicClassAttribute

# Set when the classes below exist; the metaclass asks for them.
Enum = Flag = ReprEnum = None
_absent = object()


def _wears(name, marks):
    """Does a name begin and end with these marks, and has something else between?"""
    inside = name[len(marks) : -len(marks)]
    return name == marks + inside + marks and inside != "" and "_" not in (inside[0], inside[-1])


def _is_dunder(name):
    return _wears(name, "__")


def _is_sunder(name):
    return _wears(name, "_")


def _is_private(cls_name, name):
    return name.startswith(f"_{cls_name}__") and _is_mangled(cls_name, name)


def _is_mangled(cls_name, name):
    """Is it a name like `__x` in the body of a class?"""
    inside = name.removeprefix(f"_{cls_name}__")
    return inside not in ("", name) and not inside.endswith("__")


def _is_descriptor(value):
    return any(hasattr(value, f"__{name}__") for name in ("get", "set", "delete"))


def _is_single_bit(number):
    return number > 0 and number & (number - 1) == 0


def _bits_of(number):
    """The single bits of a number, the lowest first."""
    while number:
        bit = number & -number
        yield bit
        number ^= bit


def bin(num, max_bits=None):
    """A number in binary, its sign as a bit of its own."""
    ceiling = 2 ** num.bit_length()
    if num >= 0:
        digits = _bin(num + ceiling).replace("1", "0", 1)
    else:
        digits = _bin(~num ^ (ceiling - 1) + ceiling)
    sign, digits = digits[:3], digits[3:]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-1] * max_bits + digits)[-max_bits:]
    return f"{sign} {digits}"


def show_flag_values(value):
    return list(_bits_of(value))


class nonmember:
    """Keeps an attribute of an enum from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes an attribute of an enum a member."""

    def __init__(self, value):
        self.value = value


class auto:
    """A value that the enum chooses."""

    def __init__(self, value=_absent):
        self.value = value

    def __repr__(self):
        return f"auto({'' if self.value is _absent else repr(self.value)})"


class property(DynamicClassAttribute):
    """An attribute of members that may have the name of a member."""

    def __get__(self, instance, owner=None):
        if instance is None:
            found = owner._member_map_.get(getattr(self, "_enum_name", None))
            if found is not None:
                return found
            raise AttributeError(f"{owner!r} has no attribute {getattr(self, '_enum_name', '?')!r}")
        return super().__get__(instance, owner) if self.fget is None else self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self._enum_class.__name__!r}> cannot set attribute {self._enum_name!r}")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"<enum {self._enum_class.__name__!r}> cannot delete attribute {self._enum_name!r}")
        self.fdel(instance)

    def __set_name__(self, owner, name):
        self._enum_name = name
        self._enum_class = owner
        base_set_name = getattr(super(), "__set_name__", None)
        if base_set_name is not None:
            base_set_name(owner, name)


def _is_inner_class(cls_name, value):
    """Is it a class that was defined in the body of an enum?"""
    return isinstance(value, type) and value.__qualname__.endswith(f"{cls_name}.{value.__name__}")


def _fields_shown(value):
    """The fields of a dataclass, as its members are shown."""
    fields = value.__dataclass_fields__
    return ", ".join([f"{name}={getattr(value, name)!r}" for name in fields if fields[name].repr])


class EnumDict(dict):
    """The namespace of an enum's body: knows which names become members."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._generate = None

    @_builtin_property
    def member_names(self):
        return list(self._member_names)

    def _chosen(self, key, value):
        if value.value is _absent:
            value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            self._auto_called = True
        self._last_values.append(value.value)
        return value.value

    def _chosen_in(self, key, values):
        """A tuple in which the enum chooses some items."""
        chosen = [self._chosen(key, item) if isinstance(item, auto) else item for item in values]
        try:
            return type(values)(chosen)
        except TypeError:
            # A named tuple takes its items one by one.
            return type(values)(*chosen)

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_mangled(self._cls_name, key):
            pass
        elif _wears(key, "_"):
            allowed = (
                "_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_",
                "_iter_member_by_value_", "_iter_member_by_def_", "_add_alias_", "_add_value_alias_", "_sunder_",
            )
            if key not in allowed:
                raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use.")
            if key == "_generate_next_value_":
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
                already = set(value) & set(self._member_names)
                if already:
                    raise ValueError(f"_ignore_ cannot specify already set names: {already!r}")
        elif _wears(key, "__"):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif self._cls_name is not None and _is_inner_class(self._cls_name, value):
            pass
        elif isinstance(value, member) or not _is_descriptor(value):
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
            if isinstance(value, member):
                value = value.value
            if isinstance(value, auto):
                value = self._chosen(key, value)
            elif isinstance(value, tuple) and any(isinstance(item, auto) for item in value):
                value = self._chosen_in(key, value)
            else:
                self._last_values.append(value)
            self._member_names[key] = None
        super().__setitem__(key, value)

    def update(self, members, **more):
        for name, value in dict(members).items():
            self[name] = value
        for name, value in more.items():
            self[name] = value


_EnumDict = EnumDict


def _place(cls, name, made):
    """Make a member an attribute of its class. What members know under the same name stays theirs."""
    known = cls._member_map_.get(name)
    if known is not None and known is not made:
        raise NameError(f"{name!r} is already bound: {known!r}")
    cls._member_map_[name] = made
    found = None
    for base in cls.__mro__[1:]:
        attr = base.__dict__.get(name)
        if isinstance(attr, (property, DynamicClassAttribute)):
            found = attr
            break
        if found is None and attr is not None and _is_descriptor(attr):
            found = attr
    if found is not None:
        get = getattr(found, "fget", None)
        if get is None and not isinstance(found, property):
            # The data type has the attribute.
            get = lambda self: getattr(self._value_, name)
        redirect = property(get, getattr(found, "fset", None), getattr(found, "fdel", None))
        redirect.__set_name__(cls, name)
        made = redirect
    type.__setattr__(cls, name, made)


class _Ancestry:
    """What an enum has from its bases: a data type may stand before the enum that comes last."""

    def __init__(self, cls_name, bases):
        self.cls_name, self.bases = cls_name, bases
        # Each base with those above it, without what all classes have.
        self.lines = [[ancestor for ancestor in base.__mro__ if ancestor is not object] for base in bases]
        for ancestor in itertools.chain(*self.lines):
            if isinstance(ancestor, EnumType) and ancestor._member_names_:
                raise TypeError(f"<enum {cls_name!r}> cannot extend {ancestor!r}")
        self.enum = bases[-1] if bases else Enum
        if bases and not isinstance(self.enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")

    def data_type(self):
        """The type whose values the members are; `object` if it is none in particular."""
        found = {kind for kind in map(self._data_type_of, self.lines) if kind is not None}
        if len(found) > 1:
            raise TypeError(f"too many data types for {self.cls_name!r}: {found!r}")
        return found.pop() if found else object

    def _data_type_of(self, line):
        plain = None
        for ancestor in line:
            if isinstance(ancestor, EnumType):
                if ancestor._member_type_ is not object:
                    return ancestor._member_type_
                continue
            # Mixins that say nothing of how they are made belong to the type that does, and stand for it.
            plain = plain or ancestor
            if not vars(ancestor).keys().isdisjoint({"__new__", "__dataclass_fields__"}):
                return plain
        return None

    def value_repr(self):
        """What shows the values of members; None if nothing does in particular."""
        for ancestor in itertools.chain(*self.lines):
            if isinstance(ancestor, EnumType):
                return ancestor._value_repr_
            own = vars(ancestor)
            if "__repr__" in own:
                params = own.get("__dataclass_params__")
                return _fields_shown if params is not None and params.repr else own["__repr__"]
        return None

    def constructor(self, own, member_type):
        """The `__new__` that makes members: the enum's own, that of the enum it derives from, or that of the data type."""
        if own is not None:
            return own.__func__ if isinstance(own, staticmethod) else own
        candidates = getattr(self.enum, "__new_member__", None), getattr(member_type, "__new__", None)
        useless = (None, object.__new__, Enum and Enum.__new__)
        return next((new for new in candidates if not any(new is one for one in useless)), object.__new__)


class EnumType(type):
    """The class of enums."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        first_enum = _Ancestry(cls, bases).enum
        namespace = EnumDict(cls)
        if first_enum is not None:
            namespace._generate = getattr(first_enum, "_generate_next_value_", None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, **kwds):
        if not isinstance(classdict, EnumDict):
            _Ancestry(cls, bases)
            return super().__new__(metacls, cls, bases, dict(classdict), **kwds)
        names = list(classdict._member_names)
        for name in classdict._ignore:
            classdict.pop(name, None)
        invalid = set(names) & {"mro", ""}
        if invalid:
            raise ValueError(f"invalid enum member name(s) {','.join(repr(name) for name in sorted(invalid))}")
        namespace = dict(classdict)
        values = {name: namespace.pop(name) for name in names}
        namespace.pop("_ignore_", None)
        order = namespace.pop("_order_", None)
        generate = namespace.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            namespace["_generate_next_value_"] = staticmethod(generate)
        ancestry = _Ancestry(cls, bases)
        member_type, first_enum = ancestry.data_type(), ancestry.enum
        own_new = namespace.get("__new__")
        namespace["_new_member_"] = ancestry.constructor(own_new, member_type)
        namespace["_use_args_"] = namespace["_new_member_"] is not object.__new__
        namespace["_member_names_"] = []
        namespace["_member_map_"] = {}
        namespace["_value2member_map_"] = {}
        namespace["_unhashable_values_"] = []
        namespace["_member_type_"] = member_type
        namespace["_value_repr_"] = ancestry.value_repr()
        namespace["_hashable_values_"] = []
        namespace["_boundary_"] = boundary or getattr(first_enum, "_boundary_", None)
        namespace["_flag_mask_"] = 0
        namespace["_singles_mask_"] = 0
        namespace["_all_bits_"] = 0
        namespace["_inverted_"] = None
        enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        metacls._adopt_data_methods(enum_class, namespace, member_type, first_enum)
        type.__setattr__(enum_class, "_being_made_", True)
        for name, value in values.items():
            metacls._make_member(enum_class, name, value)
        type.__delattr__(enum_class, "_being_made_")
        if own_new is not None and Enum is not None:
            # Looking a member up by value goes through the enum's own `__new__`; members are made no more.
            enum_class.__new_member__ = own_new
        if Enum is not None:
            enum_class.__new__ = Enum.__new__
        if Flag is not None and issubclass(enum_class, Flag):
            metacls._finish_flag(enum_class)
        if order is not None:
            order = order.replace(",", " ").split() if isinstance(order, str) else list(order)
            order = [name for name in order if name in enum_class._member_names_ or name not in enum_class._member_map_]
            if order != enum_class._member_names_:
                raise TypeError(
                    f"member order does not match _order_:\n  {enum_class._member_names_!r}\n  {order!r}"
                )
        return enum_class

    def __init__(cls, *args, **kwds):
        pass

    @staticmethod
    def _adopt_data_methods(enum_class, namespace, member_type, first_enum):
        """Where the data type has methods of these names, those of Enum win unless the enum prints as its data."""
        if first_enum is None or member_type is object or Enum is None:
            return
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name in namespace:
                continue
            method = getattr(enum_class, name)
            if method is getattr(member_type, name, None) or method is getattr(object, name, None):
                type.__setattr__(enum_class, name, getattr(first_enum, name))
        if ReprEnum is not None and ReprEnum in enum_class.__bases__:
            if "__format__" not in namespace:
                type.__setattr__(enum_class, "__format__", member_type.__format__)
            if "__str__" not in namespace:
                shown = member_type.__str__
                type.__setattr__(enum_class, "__str__", member_type.__repr__ if shown is object.__str__ else shown)

    @staticmethod
    def _make_member(enum_class, name, value):
        member_type = enum_class._member_type_
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        new = enum_class._new_member_
        if not enum_class._use_args_:
            made = new(enum_class)
        else:
            try:
                made = new(enum_class, *args)
            except TypeError as failure:
                if member_type is object or not hasattr(failure, "add_note"):
                    raise
                raise
        if not hasattr(made, "_value_"):
            if member_type is object:
                made._value_ = value
            else:
                try:
                    made._value_ = member_type(*args)
                except Exception as failure:
                    problem = TypeError("_value_ not set in __new__, unable to create it")
                    problem.__cause__ = failure
                    raise problem
        value = made._value_
        made._name_ = name
        made.__objclass__ = enum_class
        made._sort_order_ = len(enum_class._member_names_)
        init = enum_class.__init__
        if init is not object.__init__ and init is not (Enum.__init__ if Enum is not None else None):
            made.__init__(*args)
        known = None
        try:
            known = enum_class._value2member_map_.get(value)
        except TypeError:
            for other in enum_class._member_map_.values():
                if other._value_ == value:
                    known = other
                    break
        if known is None and isinstance(value, float) and value != value:
            known = None
        if known is not None:
            made = known
        elif Flag is None or not issubclass(enum_class, Flag) or not isinstance(value, int):
            enum_class._member_names_.append(name)
        elif _is_single_bit(value):
            enum_class._flag_mask_ |= value
            enum_class._singles_mask_ |= value
            enum_class._all_bits_ = 2 ** (enum_class._flag_mask_.bit_length()) - 1
            enum_class._member_names_.append(name)
        else:
            # A combination of bits, or none, is a name for other members.
            enum_class._flag_mask_ |= value if value > 0 else 0
            enum_class._all_bits_ = 2 ** (enum_class._flag_mask_.bit_length()) - 1
        if known is None:
            try:
                enum_class._value2member_map_[value] = made
            except TypeError:
                enum_class._unhashable_values_.append(value)
        _place(enum_class, name, made)

    @staticmethod
    def _finish_flag(enum_class):
        if enum_class._member_type_ is not object:
            # The data type has these operators too, and would win.
            for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
                if name not in enum_class.__dict__:
                    type.__setattr__(enum_class, name, Flag.__dict__[name])
        names = [name for name in enum_class._member_names_ if isinstance(enum_class._member_map_[name]._value_, int)]
        by_value = sorted(names, key=lambda name: enum_class._member_map_[name]._value_)
        if by_value != names:
            enum_class._iter_member_ = enum_class._iter_member_by_def_

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """An enumeration of those constants of a module whose names a function accepts; it takes their place there."""
        scope = sys.modules[module].__dict__
        given = scope if source is None else source.__dict__
        members = [(key, value) for key, value in given.items() if filter(key)]
        try:
            members.sort(key=lambda pair: (pair[1], pair[0]))
        except TypeError:
            members.sort(key=lambda pair: pair[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        if as_global:
            global_enum(made)
        else:
            scope.update(made.__members__)
        scope[name] = made
        return made

    def __call__(cls, value, names=_absent, *values, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        if cls._member_map_:
            if names is not _absent:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _absent and type is None:
            return cls.__new__(cls, value)
        return cls._create_(
            value, None if names is _absent else names, module=module, qualname=qualname, type=type, start=start,
            boundary=boundary,
        )

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """Make an enum from a name and its members' names."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if names is None:
            names = ()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            pairs = []
            last_values = []
            for count, name in enumerate(names):
                value = classdict._generate(name, start, count, last_values[:])
                last_values.append(value)
                pairs.append((name, value))
            names = pairs
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            classdict[name] = value
        classdict["__module__"] = module or sys._getframemodulename(2) or "__main__"
        if qualname is not None:
            classdict["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            return value in cls._value2member_map_ or (
                Flag is not None and issubclass(cls, Flag) and isinstance(cls(value), cls)
            )
        except ValueError:
            return False
        except TypeError:
            return value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        """The members by name, aliases included."""
        return type(type.__dict__)(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"

    def __dir__(cls):
        shown = {
            "__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__",
            "__members__", "__module__", "__name__", "__qualname__",
        }
        if cls._new_member_ is not object.__new__:
            shown.add("__new__")
        if cls._member_type_ is not object:
            shown.update(dir(cls._member_type_))
        return sorted(shown | set(cls._member_names_))


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    """A set of named constants."""

    @classmethod
    def __signature__(cls):
        if cls._member_map_:
            return "(*values)"
        return "(new_class_name, /, names, *, module=None, qualname=None, type=None, start=1, boundary=None)"

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            found = cls._value2member_map_.get(value)
            if found is not None:
                return found
        except TypeError:
            for found in cls._member_map_.values():
                if found._value_ == value:
                    return found
        if not cls._member_map_:
            if "_being_made_" in cls.__dict__:
                raise TypeError("do not use `super().__new__; call the appropriate __new__ directly")
            raise TypeError(f"{cls!r} has no members; specify `names=()` if you meant to create a new, empty, enum")
        failure = None
        try:
            result = cls._missing_(value)
        except Exception as e:
            failure = e
            result = None
        try:
            if isinstance(result, cls):
                return result
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
                return result
            problem = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
            if result is None and failure is None:
                raise problem
            if failure is None:
                failure = TypeError(
                    f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member"
                )
            if not isinstance(failure, ValueError):
                failure.__context__ = problem
            raise failure
        finally:
            failure = None
            problem = None

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            highest = sorted(last_values)[-1]
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None
        try:
            return highest + 1
        except TypeError:
            raise TypeError(f"unable to increment {highest!r}") from None

    @classmethod
    def _missing_(cls, value):
        return None

    def _add_alias_(self, name):
        _place(self.__class__, name, self)

    def _add_value_alias_(self, value):
        cls = self.__class__
        try:
            known = cls._value2member_map_.get(value)
        except TypeError:
            known = next((one for one in cls._member_map_.values() if one._value_ == value), None)
        if known is not None:
            if known is not self:
                raise ValueError(f"{value!r} is already bound: {known!r}")
            return
        try:
            cls._value2member_map_[value] = self
        except TypeError:
            cls._unhashable_values_.append(value)

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        cls = self.__class__
        members = cls._member_map_
        shown = set() if cls._member_type_ is object else set(object.__dir__(self))
        shown.update(name for name in getattr(self, "__dict__", ()) if name[0] != "_" and name not in members)
        for base in cls.mro():
            for name, value in base.__dict__.items():
                if name[0] == "_":
                    continue
                if name not in members or isinstance(value, property) and value.fget is not None:
                    shown.add(name)
                elif isinstance(value, property):
                    shown.discard(name)
        return sorted(shown | {"__class__", "__doc__", "__eq__", "__hash__", "__module__"})

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """An enum that only shows itself in repr(): its str() is its value's."""


class IntEnum(int, ReprEnum):
    """An enum whose members are ints."""


class StrEnum(str, ReprEnum):
    """An enum whose members are strings."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        if len(values) > 1 and not isinstance(values[1], str):
            raise TypeError(f"encoding must be a string, not {values[1]!r}")
        if len(values) > 2 and not isinstance(values[2], str):
            raise TypeError(f"errors must be a string, not {values[2]!r}")
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What happens to bits that no member of a flag has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """An enum whose members can be combined."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        highest = max(last_values)
        try:
            return 2 ** highest.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {highest!r}") from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _bits_of(value & cls._flag_mask_):
            found = cls._value2member_map_.get(bit)
            if found is not None:
                yield found

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda found: found._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """Make a combination of members."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask = cls._flag_mask_
        singles = cls._singles_mask_
        all_bits = cls._all_bits_
        negative = None
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            boundary = cls._boundary_
            if boundary is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(
                    f"{cls!r} invalid value {value!r}\n    given {bin(value, width)}\n  allowed {bin(mask, width)}"
                )
            if boundary is CONFORM:
                value = value & mask
            elif boundary is EJECT:
                return value
            elif boundary is KEEP:
                if value < 0:
                    value = max(all_bits + 1, 2 ** value.bit_length()) + value
            else:
                raise ValueError(f"{cls!r} unknown flag boundary {boundary!r}")
        if value < 0:
            negative = value
            value = all_bits + 1 + value
        unknown = value & ~mask
        missing = value & ~singles & mask
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError(f"{cls.__name__}({value!r}) -->  unknown values {unknown!r} [{bin(unknown)}]")
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        made._value_ = value
        made.__objclass__ = cls
        made._sort_order_ = len(cls._member_map_)
        parts = [found._name_ for found in cls._iter_member_(value)]
        for found in cls._member_map_.values():
            # Bits that only members of several bits have are named by those.
            if missing and found._value_ & missing and found._value_ & value == found._value_:
                if found._name_ not in parts:
                    parts.append(found._name_)
        if parts:
            made._name_ = "|".join(parts)
            covered = 0
            for part in parts:
                covered |= cls._member_map_[part]._value_
            rest = value & ~covered
            if rest:
                made._name_ += f"|{cls._numeric_repr_(rest)}"
        else:
            made._name_ = None
        made = cls._value2member_map_.setdefault(value, made)
        if negative is not None:
            cls._value2member_map_[negative] = made
        return made

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and {self.__class__.__qualname__!r}"
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        if self._name_ is None:
            return f"<{self.__class__.__name__}: {show(self._value_)}>"
        return f"<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        if self._name_ is None:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _number_of(self, other, sign):
        if isinstance(other, self.__class__):
            number = other._value_
        elif self._member_type_ is not object and isinstance(other, self._member_type_):
            number = other
        else:
            return NotImplemented
        if number is None or self._value_ is None:
            flag = self if self._value_ is None else other
            raise TypeError(f"'{flag}' cannot be combined with other flags with {sign}")
        return number

    def __or__(self, other):
        number = self._number_of(other, "|")
        if number is NotImplemented:
            return NotImplemented
        return self.__class__(self._value_ | number)

    def __and__(self, other):
        number = self._number_of(other, "&")
        if number is NotImplemented:
            return NotImplemented
        return self.__class__(self._value_ & number)

    def __xor__(self, other):
        number = self._number_of(other, "^")
        if number is NotImplemented:
            return NotImplemented
        return self.__class__(self._value_ ^ number)

    def __invert__(self):
        if self._value_ is None:
            raise TypeError(f"'{self}' cannot be inverted")
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """A flag whose members are ints."""


def unique(enumeration):
    """A decorator that forbids two names for one value."""
    duplicates = [(name, made.name) for name, made in enumeration.__members__.items() if name != made.name]
    if duplicates:
        details = ", ".join(f"{alias} -> {name}" for alias, name in duplicates)
        raise ValueError(f"duplicate values found in {enumeration!r}: {details}")
    return enumeration


class EnumCheck(StrEnum):
    """What `verify` can check."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A decorator that checks an enum."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        name = enumeration.__name__
        for check in self.checks:
            if check is UNIQUE:
                duplicates = [(n, m.name) for n, m in enumeration.__members__.items() if n != m.name]
                if duplicates:
                    details = ", ".join(f"{alias} -> {target}" for alias, target in duplicates)
                    raise ValueError(f"aliases found in {enumeration!r}: {details}")
            elif check is CONTINUOUS:
                values = {made.value for made in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if issubclass(enumeration, Flag):
                    expected = [1 << n for n in range(low.bit_length() - 1, high.bit_length())]
                else:
                    expected = range(low, high + 1)
                missing = [n for n in expected if n not in values]
                if missing:
                    kind = "flag" if issubclass(enumeration, Flag) else "enum"
                    raise ValueError(f"invalid {kind} {name!r}: missing values {', '.join(map(str, missing))}")
            elif check is NAMED_FLAGS:
                values = {made.value for made in enumeration}
                aliases, missing = [], 0
                for alias, made in enumeration.__members__.items():
                    if alias in enumeration._member_names_ or made.value < 0:
                        continue
                    unnamed = sum(bit for bit in _bits_of(made.value) if bit not in values)
                    if unnamed:
                        aliases.append(alias)
                        missing |= unnamed
                if aliases:
                    who = f"alias {aliases[0]} is missing"
                    if len(aliases) > 1:
                        who = f"aliases {', '.join(aliases[:-1])} and {aliases[-1]} are missing"
                    what = "value" if _is_single_bit(missing) else "combined values of"
                    raise ValueError(
                        f"invalid Flag {name!r}: {who} {what} {missing:#x} [use enum.show_flag_values(value) for details]"
                    )
        return enumeration


def global_enum_repr(self):
    """Show a member as an attribute of its module."""
    return f"{self.__class__.__module__.split('.')[-1]}.{self._name_}"


def global_flag_repr(self):
    """Show a flag as attributes of its module."""
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_})"
    return "|".join(name if name[0].isdigit() else f"{module}.{name}" for name in self._name_.split("|"))


def global_str(self):
    """Show a member by its name alone."""
    return self._name_ or f"{self.__class__.__name__}({self._value_!r})"


def global_enum(cls, update_str=False):
    """A decorator that puts the members into the enum's module."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def pickle_by_global_name(self, proto):
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def _make_class_unpicklable(obj):
    """Have pickles refuse the members, and the class."""

    def refuse(self, proto):
        raise TypeError(f"{self!r} cannot be pickled")

    if isinstance(obj, dict):
        obj.update(__reduce_ex__=refuse, __module__="<unknown>")
    else:
        setattr(obj, "__reduce_ex__", refuse)
        setattr(obj, "__module__", "<unknown>")


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)


def _iter_bits_lsb(num):
    """The bits of a number that are set, the lowest first."""
    if isinstance(num, Enum):
        num = num.value
    if num < 0:
        raise ValueError(f"{num!r} is not a positive integer")
    while num:
        bit = num & -num
        yield bit
        num ^= bit


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """A decorator that makes an enumeration of a plain class."""

    def convert(cls):
        options = {} if boundary is None else {"boundary": boundary}
        metaclass = type(etype)
        namespace = metaclass.__prepare__(cls.__name__, (etype,), **options)
        for name, value in cls.__dict__.items():
            if name not in ("__dict__", "__weakref__"):
                namespace[name] = value
        return metaclass(cls.__name__, (etype,), namespace, **options)

    return convert


def _test_simple_enum(checked_enum, simple_enum):
    """Is an enumeration made by `_simple_enum` like one that was made by a class statement?"""

    def told(cls):
        members = {name: (member.name, member.value) for name, member in cls.__members__.items()}
        names = {name for name in cls.__dict__ if name not in ("__module__", "__qualname__", "__firstlineno__")}
        return members, list(map(str, cls.__members__)), names

    differences = [
        f"{what}: {one!r} and {other!r}"
        for what, one, other in zip(("members", "order", "attributes"), told(checked_enum), told(simple_enum))
        if one != other
    ]
    if differences:
        raise TypeError("enum mismatch:\n   " + "\n   ".join(differences))
