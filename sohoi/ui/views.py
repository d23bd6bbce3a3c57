"""The gallery of components, and the pages shown when something goes wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sohoi.kit.policies import open_to_all
from sohoi.ui import chart_samples
from sohoi.ui.samples import SampleForm, samples


@open_to_all(reason="It shows invented samples of components and nothing else.")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the house on one page."""
    bound = SampleForm({"day": "31/2/2023", "amount": "55", "kind": "one"})
    return render(request, "ui/gallery.html", {**samples(), "form": bound})


@open_to_all(reason="It shows invented samples of charts and nothing else.")
def charts(request: HttpRequest) -> HttpResponse:
    """Apart from the other components, so that neither page is heavier than a page may be."""
    return render(request, "ui/gallery_charts.html", chart_samples.samples())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not allowed and not there look the same."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database and no context: either may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
