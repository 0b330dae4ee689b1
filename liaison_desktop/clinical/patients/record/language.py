"""Languages by their BCP-47 tag, with the English names shown on screens and paper."""

from __future__ import annotations

import re

LANGUAGES: dict[str, str] = {
    "en": "English",
    "es": "Spanish",
    "am": "Amharic",
    "ar": "Arabic",
    "ase": "American Sign Language",
    "bn": "Bengali",
    "yue": "Cantonese",
    "cs": "Czech",
    "nl": "Dutch",
    "fa": "Persian",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "he": "Hebrew",
    "hi": "Hindi",
    "hmn": "Hmong",
    "it": "Italian",
    "ja": "Japanese",
    "kar": "Karen",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "cmn": "Mandarin",
    "ne": "Nepali",
    "om": "Oromo",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "sw": "Swahili",
    "sv": "Swedish",
    "tl": "Tagalog",
    "ta": "Tamil",
    "te": "Telugu",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yi": "Yiddish",
    "zh": "Chinese",
    "zh-Hans": "Chinese, simplified",
    "zh-Hant": "Chinese, traditional",
}

# Language, then optional script, region and variants (RFC 5646); private and grandfathered tags are not offered.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*", re.ASCII)


def language_tag_fits(tag: str) -> bool:
    """Whether the text has the form of a BCP-47 language tag."""
    return len(tag) <= 35 and _TAG.fullmatch(tag) is not None


def language_name(tag: str) -> str:
    """The English name of a tag: "es-MX" is "Spanish (MX)"; an unknown tag comes back as it is."""
    if tag in LANGUAGES:
        return LANGUAGES[tag]
    language, _, rest = tag.partition("-")
    return f"{LANGUAGES[language]} ({rest})" if language in LANGUAGES and rest else tag
