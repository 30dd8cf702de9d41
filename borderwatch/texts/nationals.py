"""How the nationals of a country are called: a phrase of its own for each, because languages bend a country's name in it."""

from django.utils.translation import gettext_lazy as _

NATIONALS = {
    "AF": _("nationals of Afghanistan"),
    "CN": _("nationals of China"),
    "FR": _("nationals of France"),
    "GB": _("nationals of the United Kingdom"),
    "IN": _("nationals of India"),
    "IR": _("nationals of Iran"),
    "KG": _("nationals of Kyrgyzstan"),
    "KZ": _("nationals of Kazakhstan"),
    "PK": _("nationals of Pakistan"),
    "RU": _("nationals of Russia"),
    "TJ": _("nationals of Tajikistan"),
    "TM": _("nationals of Turkmenistan"),
    "US": _("nationals of the United States"),
    "UZ": _("nationals of Uzbekistan"),
}
