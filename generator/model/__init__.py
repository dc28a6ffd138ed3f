"""What may be said: the handbook's vocabulary, one module a file kind.

Models are frozen and strict and refuse unknown keys; the docstring under a field is at once its reference
entry, its description in the JSON Schema (the editor's hover text) and the hint in an error message.
What spans several fields or files is not checked here: that is done by `load` (references) and `check`
(the method's rules).
"""
