"""From a Result to what a person or a program reads: pure functions, one module a form.

Only this package knows rich, and only the modules for terminals import it, inside the functions that need it: a plain
pipe run never pays for it. Nothing here writes anywhere.
"""
