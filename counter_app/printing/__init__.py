"""Printed forms: values and a form's file in, a PDF out. No printer, no path, no network."""

from counter_app.printing.document import prepare, render
from counter_app.printing.preview import (
    PageImage,
    SinglePage,
    each_page,
    page_images,
    page_within,
)

__all__ = [
    "PageImage",
    "SinglePage",
    "each_page",
    "page_images",
    "page_within",
    "prepare",
    "render",
]
