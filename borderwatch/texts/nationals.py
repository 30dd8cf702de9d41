"""How one or several nationals of a country are called: a phrase for each, because languages bend a country's name in it."""

from django.utils.translation import ngettext_lazy

NATIONALS = {
    "AF": ngettext_lazy("national of Afghanistan", "nationals of Afghanistan", "number"),
    "CN": ngettext_lazy("national of China", "nationals of China", "number"),
    "FR": ngettext_lazy("national of France", "nationals of France", "number"),
    "GB": ngettext_lazy("national of the United Kingdom", "nationals of the United Kingdom", "number"),
    "IN": ngettext_lazy("national of India", "nationals of India", "number"),
    "IR": ngettext_lazy("national of Iran", "nationals of Iran", "number"),
    "KG": ngettext_lazy("national of Kyrgyzstan", "nationals of Kyrgyzstan", "number"),
    "KZ": ngettext_lazy("national of Kazakhstan", "nationals of Kazakhstan", "number"),
    "PK": ngettext_lazy("national of Pakistan", "nationals of Pakistan", "number"),
    "RU": ngettext_lazy("national of Russia", "nationals of Russia", "number"),
    "TJ": ngettext_lazy("national of Tajikistan", "nationals of Tajikistan", "number"),
    "TM": ngettext_lazy("national of Turkmenistan", "nationals of Turkmenistan", "number"),
    "US": ngettext_lazy("national of the United States", "nationals of the United States", "number"),
    "UZ": ngettext_lazy("national of Uzbekistan", "nationals of Uzbekistan", "number"),
}
