"""The look of the product: base pages, form renderer, components, fonts; no business word."""
