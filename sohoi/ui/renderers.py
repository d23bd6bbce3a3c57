"""One field template draws every field of the product."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Django's renderer with the house's templates for forms, fields and errors."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
