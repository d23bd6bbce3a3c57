"""Property tests judge results, not the speed of a busy machine."""

from hypothesis import settings

settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")
