"""A hand-written `ports.Postings` in memory: what the real one is measured against."""

import struct
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

    def neighbours(self, terms):
        def forms(word):
            return {word} | ({word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) > 2 else set())

        known = [(other, n) for other, n in self._terms.items() if len(other) <= 24]
        alike = {term: {other: n for other, n in known if len(term) <= 24 and forms(other) & forms(term)} for term in terms}
        return {term: of for term, of in alike.items() if of}

    def starting(self, prefix, limit):
        found = sorted(((n, term) for term, n in self._terms.items() if term.startswith(prefix)), reverse=True)
        return {term: n for n, term in found[:limit]}

    def postings(self, terms):
        found = {}
        for term in terms:
            ids = [n for n, passage in self._passages.items() if term in passage.folded.split()]
            if ids:
                found[term] = [(0, struct.pack(f"<{len(ids)}H", *ids))]
        return found

    def folded(self, ids):
        return {n: self._passages[n].folded for n in ids if n in self._passages}

    def extents(self, documents):
        ids = [[n for n, passage in self._passages.items() if passage.document == document] for document in documents]
        return [(min(of), max(of)) for of in ids if of]

    def covering(self, places):
        found = []
        for document, start, end in places:
            ids = [n for n, p in self._passages.items() if p.document == document and p.end > start and p.start < max(end, start + 1)]
            found += [(min(ids), max(ids))] if ids else []
        return found

    def passages(self, ids):
        return [self._passages[n] for n in ids if n in self._passages]
