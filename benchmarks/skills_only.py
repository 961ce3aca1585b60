"""Libraries that find the most alike by skills alone: sparse_dot_topn, and FAISS over a surrogate of 128 numbers."""

from typing import Any

import numpy as np
from benchmarks.numpy_reference import Reference
from scipy import sparse

Array = Any
DIMENSIONS = 128


def openings_by_skill(reference: Reference) -> Any:
    """[skill, opening]: weeks that each essential skill takes to learn."""
    weeks = (reference.packed >> 16 & 0xFFFFFFFF).astype(np.float32)
    flat, size = reference.essential, (len(reference.essentials), len(reference.words))
    matrix = sparse.csr_matrix((weeks[flat.ids], flat.ids.astype(np.int32), flat.start.astype(np.int32)), shape=size)
    return matrix.T.tocsr()


def people_by_skill(reference: Reference, rows: Array) -> Any:
    """[person, skill]: 1 where it is held."""
    held = [np.unique(reference.held_skills(int(row))) for row in rows]
    start = np.concatenate([[0], np.cumsum([len(skills) for skills in held])]).astype(np.int32)
    ids = np.concatenate(held).astype(np.int32)
    return sparse.csr_matrix((np.ones(len(ids), dtype=np.float32), ids, start), shape=(len(rows), len(reference.words)))


def sparse_top(people: Any, openings: Any, top: int, threads: int) -> Any:
    """Per person the openings with the largest sum of weeks of skills held."""
    from sparse_dot_topn import sp_matmul_topn

    return sp_matmul_topn(people, openings, top_n=top, n_threads=threads, sort=True)


def check_sparse(people: Any, openings: Any, found: Any, rows: int = 20) -> int:
    """How many of the first people have other sums than the plain product gives."""
    wrong = 0
    for row in range(min(rows, people.shape[0])):
        plain = np.sort((people[row] @ openings).data)[::-1][: found[row].nnz]
        wrong += not np.allclose(np.sort(found[row].data)[::-1], plain)
    return wrong


class Faiss:
    """Flat inner products over a random projection of the skills."""

    def __init__(self, openings: Any, threads: int, seed: int = 1) -> None:
        import faiss

        faiss.omp_set_num_threads(threads)
        random = np.random.default_rng(seed).standard_normal((openings.shape[0], DIMENSIONS)).astype(np.float32)
        self.projection = random / np.sqrt(DIMENSIONS)
        self.index = faiss.IndexFlatIP(DIMENSIONS)
        self.index.add(np.ascontiguousarray(openings.T @ self.projection))

    def vectors(self, people: Any) -> Array:
        """People in the same numbers."""
        return np.ascontiguousarray(people @ self.projection, dtype=np.float32)

    def top(self, vectors: Array, top: int) -> Array:
        """Per person the openings most alike."""
        return self.index.search(vectors, top)[1]
