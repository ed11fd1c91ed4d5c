from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qinqing.ui"
    label = "ui"
