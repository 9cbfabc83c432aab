"""A hand-written `ports.Postings` in memory: what the real one is measured against."""

from collections import Counter
from dataclasses import replace


class MemoryPostings:
    def __init__(self, passages):
        self._passages = {n: replace(passage, id=n) for n, passage in enumerate(passages, 1)}
        self._terms = Counter(term for passage in passages for term in set(passage.folded.split()))

    def count(self):
        return len(self._passages)

    def frequencies(self, terms):
        return {term: self._terms[term] for term in terms if self._terms[term]}

    def neighbours(self, term):
        def forms(word):
            return {word} | ({word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) > 2 else set())

        return {other: n for other, n in self._terms.items() if len(other) <= 24 >= len(term) and forms(other) & forms(term)}

    def starting(self, prefix, limit):
        found = sorted(((n, term) for term, n in self._terms.items() if term.startswith(prefix)), reverse=True)
        return {term: n for n, term in found[:limit]}

    def holding(self, terms, limit):
        return [n for n, passage in self._passages.items() if set(terms) <= set(passage.folded.split())][:limit]

    def passages(self, ids):
        return [self._passages[n] for n in ids if n in self._passages]
