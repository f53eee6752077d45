"""What `format` does, under the names that CPython has for it."""

from .format import (
    callback_call as _format_callback,
    callback_source as _format_callback_source,
    extract_stack,
    function_place as _get_function_source,
)
