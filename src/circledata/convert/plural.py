"""English sentences about one thing: `1 rows were left out` becomes `1 row was left out`."""

from __future__ import annotations

import re

_ONE = re.compile(r"(?<![\w.,–-])1 ((?:(?!to\b|and\b|or\b)[A-Za-z-]+ ){0,3}?)([A-Za-z-]+s)\b")
_VERBS = {"are": "is", "were": "was", "have": "has", "do": "does"}
_VERB = re.compile(r"(?<!not )\b(are|were|have|do)\b")
_OWN_VERB = re.compile(r"((?: of \w+)?) (lack|name|hold|fit|stand|look|show|state)\b")
_AND_VERB = re.compile(r"\band (count|hold|stand)\b")
_CLAUSE = re.compile(r"[.;:](?: |$)|, (?:and|so|but|which|such|where|of)\b| (?:because|while|as if|whose) ")
_THEY = re.compile(r"\b([Tt])hey (are|were|have|stand|count|cover)\b")
_THEM = {"them": "it", "their": "its", "they": "it"}
_NO_PLURAL = ("ss", "us", "is")


def one_of(noun: str) -> str:
    """Return the singular of a noun of this tool's sentences: `Categories` gives `Category`."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun if noun.endswith(_NO_PLURAL) else noun.removesuffix("s")


def singular(sentence: str) -> str:
    """Return an English sentence in which `1 things are` reads `1 thing is`; any other sentence as it is.

    Changed are the noun, the verb of its clause where the number begins the sentence, and pronouns for it further on.
    """
    found = _ONE.search(sentence)
    if found is None or one_of(found[2]) == found[2]:
        return sentence
    before, rest = sentence[: found.start()], sentence[found.end() :]
    if not before or before.endswith(("its ", "whether ")):
        end = stop.start() if (stop := _CLAUSE.search(rest)) else len(rest)
        clause = _OWN_VERB.sub(r"\1 \2s", rest[:end], count=1) if _OWN_VERB.match(rest) else rest[:end]
        clause = _AND_VERB.sub(r"and \1s", clause)
        rest = _VERB.sub(lambda verb: _VERBS[verb[0]], clause) + rest[end:]
    rest = _THEY.sub(lambda they: f"{'I' if they[1] == 'T' else 'i'}t {_VERBS.get(they[2], they[2] + 's')}", rest)
    rest = re.sub(r"\b(?:them|their|they)\b", lambda word: _THEM[word[0]], rest)
    return f"{before}1 {found[1]}{one_of(found[2])}{rest}"
