"""Printed forms: values and a form's file in, a PDF out. No printer, no path, no network."""

from counter_app.printing.document import prepare, render
from counter_app.printing.preview import (
    PageImage,
    SinglePage,
    each_page,
    page_images,
    page_within,
)
from counter_app.printing.raster import DotImage, pages_as_images

__all__ = [
    "DotImage",
    "PageImage",
    "SinglePage",
    "each_page",
    "page_images",
    "page_within",
    "pages_as_images",
    "prepare",
    "render",
]
