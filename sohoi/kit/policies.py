"""Who may open a view: every view carries one of these; a system check fails if one does not."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def _marked(view: View, policy: str) -> View:
    view.policy = policy
    return view


def requires(permission: str) -> Callable[[View], View]:
    """Signed in and holding `permission` on some unit. Otherwise the page is not there (404).

    The view itself narrows to the units of the appointment, through `request.user.reach()`, asked
    for `request.permission`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.reach(permission):
                raise Http404
            request.permission = permission
            return view(request, *args, **kwargs)

        return _marked(guarded, permission)

    return decorate


def signed_in(view: View) -> View:
    """Everyone who is signed in; the page shows only what is hers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _marked(guarded, "signed in")


def open_to_all(*, reason: str) -> Callable[[View], View]:
    """Nobody needs to sign in; the reason is kept beside the view."""

    def decorate(view: View) -> View:
        view.policy_reason = reason
        return _marked(view, "open")

    return decorate
