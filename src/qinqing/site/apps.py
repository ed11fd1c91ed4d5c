from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "qinqing.site"
    label = "site"
