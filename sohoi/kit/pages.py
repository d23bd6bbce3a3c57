"""Two page functions a view may call, and stop calling: edit, confirm."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sohoi.kit.refusals import Doubtful, Refused
from sohoi.lib.doubts import believing


def edit_page(
    request: HttpRequest,
    *,
    form: Form,
    action: Callable[[dict], Any],
    template: str,
    done: Callable[[Any], str],
    message: str,
    undo: Callable[[Any], str] | None = None,
    context: dict | None = None,
) -> HttpResponse:
    """Show the form, or carry out `action(cleaned_data)` and go on to `done(result)`.

    `undo(result)` is where the message's button takes it back; "" for none.

    A rule that refuses the write is shown beside its field, and so is what looks wrong until it
    is confirmed; what was typed stays typed.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with _believing(request):
                result = action(form.cleaned_data)
        except Refused as refusal:
            _add(form, refusal)
        else:
            messages.success(request, message, extra_tags=undo(result) if undo else "")
            return redirect(done(result))
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


def confirm_page(
    request: HttpRequest,
    *,
    action: Callable[[dict], Any],
    title: str,
    consequences: list[str],
    back_url: str,
    message: str,
    form: Form | None = None,
    verb: str = "",
    undo: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Say what will happen, ask once, then do it and go back."""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            with _believing(request):
                result = action(form.cleaned_data if form else {})
        except Refused as refusal:
            if form is None:
                messages.error(request, refusal.message)
                return redirect(back_url)
            _add(form, refusal)
        else:
            messages.success(request, message, extra_tags=undo(result) if undo else "")
            return redirect(back_url)
    context = {"title": title, "consequences": consequences, "form": form, "verb": verb}
    context["back_url"] = back_url
    status = 422 if form and form.is_bound and not form.is_valid() else 200
    return render(request, "ui/confirm.html", context, status=status)


def _believing(request: HttpRequest) -> AbstractContextManager:
    """The doubts that this page confirmed, one by one: no page confirms every one ("*")."""
    return believing(request.POST.get("believed", "").replace("*", "").split())


def _add(form: Form, refusal: Refused) -> None:
    """Beside its field, or above the form when the form does not ask for that column; what only
    looks wrong is asked about, where the form can ask."""
    if isinstance(refusal, Doubtful) and hasattr(form, "ask_back"):
        form.ask_back(refusal.doubts)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
