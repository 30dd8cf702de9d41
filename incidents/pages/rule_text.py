"""The rule as the program states it: what its modules say of themselves, and the codes it decides by. It cannot drift from the code."""

import ast
import inspect

from borderwatch.texts import words
from incidents import evidence, tallies, toll
from incidents.rule import accounts, comparisons, differences, eligibility

MODULES = (toll, eligibility, accounts, evidence, differences, tallies, comparisons)


def rule_text():
    """[{"name", "about", "functions": [{"name", "about"}]}] of each module of the rule, in reading order."""
    return [{"name": module.__name__, "about": paragraphs(module.__doc__), "functions": functions(module)} for module in MODULES]


def functions(module):
    """The functions of a module that say what they mean, in the order in which they stand."""
    tree = ast.parse(inspect.getsource(module))
    return [
        {"name": node.name, "about": paragraphs(ast.get_docstring(node))}
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node)
    ]


def paragraphs(text):
    """The paragraphs of a docstring, each in one line."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]


def decided_by():
    """[{"name", "words"}]: the lists of codes by which the rule decides, in the words of the pages."""
    lists = (
        ("vouching", sorted(evidence.VOUCHING), "act"),
        ("acknowledging", sorted(evidence.ACKNOWLEDGING), "act"),
        ("measures", eligibility.MEASURES, "measure"),
        ("groups", eligibility.GROUPS, "group"),
        ("set_aside", words.SET_ASIDE, "set_aside"),
    )
    return {name: [words.word(code, list_name) for code in codes] for name, codes, list_name in lists}
