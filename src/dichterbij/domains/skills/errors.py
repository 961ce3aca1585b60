"""What can go wrong with concepts."""

from dichterbij.shared.errors import NotFoundError


class ConceptNotFoundError(NotFoundError):
    """No concept has this URI."""

    code = "concept_not_found"
