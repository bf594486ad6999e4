"""Language codes: MARC (PubMed) and names (RIS) into ISO 639-1, as JATS prints them."""

_CODES = {
    "afr": "af", "ara": "ar", "aze": "az", "bos": "bs", "bul": "bg", "cat": "ca", "chi": "zh", "zho": "zh", "cze": "cs", "ces": "cs",
    "dan": "da", "dut": "nl", "nld": "nl", "eng": "en", "epo": "eo", "est": "et", "fin": "fi", "fre": "fr", "fra": "fr", "geo": "ka",
    "ger": "de", "deu": "de", "gre": "el", "ell": "el", "heb": "he", "hrv": "hr", "hun": "hu", "ice": "is", "ind": "id", "ita": "it",
    "jpn": "ja", "kor": "ko", "lav": "lv", "lit": "lt", "mac": "mk", "may": "ms", "nor": "no", "per": "fa", "fas": "fa", "pol": "pl",
    "por": "pt", "rum": "ro", "ron": "ro", "rus": "ru", "scc": "sr", "srp": "sr", "slo": "sk", "slk": "sk", "slv": "sl", "spa": "es",
    "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "vie": "vi",
}  # fmt: skip
_NAMES = {
    "arabic": "ar", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi",
    "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hungarian": "hu", "italian": "it", "japanese": "ja", "korean": "ko",
    "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "russian": "ru", "serbian": "sr", "spanish": "es",
    "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip


def normalise_language(printed: str | None) -> str | None:
    """The two-letter code where there is one, else the given code in lower case; region tags are left off ("en-GB" is "en")."""
    code = (printed or "").strip().lower().split("-")[0].split("_")[0]
    return _CODES.get(code, _NAMES.get(code, code)) or None
