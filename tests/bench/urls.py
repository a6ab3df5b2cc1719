"""All addresses of the product, and those of Django admin."""

from django.urls import path

from crmsetup.urls import urlpatterns as product
from tests.bench.admin import site

urlpatterns = [*product, path("admin/", site.urls)]
