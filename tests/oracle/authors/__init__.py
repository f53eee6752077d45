"""Those who write random programs for `programs.py`: one room of Python each."""

from .classes import Classes
from .constructs import Constructs
from .exceptions import Exceptions
from .expressions import Expressions
from .statements import Statements
from .texts import Texts

#: The families in the order in which `programs.py` goes round them.
FAMILIES = {
    "expressions": Expressions,
    "statements": Statements,
    "classes": Classes,
    "exceptions": Exceptions,
    "texts": Texts,
    "constructs": Constructs,
}
