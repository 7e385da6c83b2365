"""Word tables of the English reader: abbreviations, units, currencies, symbols, initialisms."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Read so only when written with its full stop; the key has none.
DOTTED: Final[dict[str, str]] = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "prof": "professor", "rev": "reverend", "hon": "honorable",
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "col": "colonel",
    "capt": "captain", "lt": "lieutenant", "sgt": "sergeant", "cmdr": "commander", "pres": "president",
    "jr": "junior", "sr": "senior", "vs": "versus", "etc": "etcetera", "approx": "approximately",
    "dept": "department", "est": "established", "inc": "incorporated", "ltd": "limited", "corp": "corporation",
    "co": "company", "bros": "brothers", "ave": "avenue", "blvd": "boulevard", "rd": "road", "hwy": "highway",
    "mt": "mount", "ft": "fort", "vol": "volume", "ed": "edition", "eds": "editors", "ch": "chapter",
    "sec": "section", "fig": "figure", "figs": "figures", "eq": "equation", "p": "page", "pp": "pages",
    "ref": "reference", "misc": "miscellaneous", "max": "maximum", "min": "minimum", "avg": "average",
    "temp": "temperature", "tel": "telephone", "ext": "extension", "cf": "compare", "al": "al", "ca": "circa",
    "univ": "university", "assoc": "associate", "asst": "assistant", "govt": "government", "intl": "international",
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july",
    "aug": "august", "sep": "september", "sept": "september", "oct": "october", "nov": "november",
    "dec": "december", "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday",
    "thu": "thursday", "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday",
    "sun": "sunday", "tbsp": "tablespoons", "tsp": "teaspoons", "oz": "ounces", "lb": "pounds", "lbs": "pounds",
    "hr": "hour", "hrs": "hours", "mins": "minutes", "secs": "seconds", "yr": "year", "yrs": "years",
    "wt": "weight", "qty": "quantity", "bldg": "building", "apt": "apartment", "ste": "suite",
}  # fmt: skip

#: Read so with or without full stops.
FIXED: Final[dict[str, str]] = {
    "mr": "mister", "mrs": "missus", "dr": "doctor", "vs": "versus", "etc": "etcetera", "e.g": "for example",
    "i.e": "that is", "eg": "for example", "ie": "that is", "a.m": "ay m", "p.m": "p m", "am/pm": "ay m p m",
    "ph.d": "p h d", "phd": "p h d", "ph.ds": "p h dees", "m.d": "m d", "b.a": "b ay", "m.sc": "m s c",
    "b.sc": "b s c", "n.b": "n b", "p.s": "p s", "r.s.v.p": "r s v p", "a.k.a": "ay k ay", "aka": "ay k ay",
    "w/": "with", "w/o": "without", "c/o": "care of", "ok": "okay", "o.k": "okay", "km/h": "kilometers per hour",
    "mph": "miles per hour", "24/7": "twenty four seven", "9/11": "nine eleven", "wi-fi": "why fie",
    "wifi": "why fie", "sci-fi": "sigh fie", "hi-fi": "high fie", "c++": "c plus plus", "c#": "c sharp",
    "f#": "f sharp", ".net": "dot net", "node.js": "node j s", "and/or": "and or", "n/a": "not applicable",
    "ai": "ay eye", "iphone": "eye phone", "ipad": "eye pad", "ios": "eye o s", "ebay": "e bay",
    "youtube": "you tube", "linkedin": "linked in", "github": "git hub", "ffmpeg": "f f m peg", "emoji": "emojee",
    "tbsp": "tablespoons", "tsp": "teaspoons", "approx": "approximately", "covid": "co vid", "jpeg": "jay peg",
}  # fmt: skip

#: Unit after a number: singular and plural.
UNITS: Final[dict[str, tuple[str, str]]] = {
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"), "µm": ("micrometer", "micrometers"), "nm": ("nanometer", "nanometers"),
    "mi": ("mile", "miles"), "ft": ("foot", "feet"), "in.": ("inch", "inches"), "yd": ("yard", "yards"),
    "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"), "mg": ("milligram", "milligrams"),
    "µg": ("microgram", "micrograms"), "mcg": ("microgram", "micrograms"), "t": ("ton", "tons"),
    "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"),
    "l": ("liter", "liters"), "L": ("liter", "liters"), "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"), "cl": ("centiliter", "centiliters"), "dl": ("deciliter", "deciliters"),
    "gal": ("gallon", "gallons"), "s": ("second", "seconds"), "sec": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"), "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"), "yrs": ("year", "years"),
    "km/h": ("kilometer per hour", "kilometers per hour"), "kph": ("kilometer per hour", "kilometers per hour"),
    "mph": ("mile per hour", "miles per hour"), "m/s": ("meter per second", "meters per second"),
    "km/s": ("kilometer per second", "kilometers per second"), "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"), "GHz": ("gigahertz", "gigahertz"),
    "W": ("watt", "watts"), "kW": ("kilowatt", "kilowatts"), "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"), "TW": ("terawatt", "terawatts"), "V": ("volt", "volts"),
    "kWh": ("kilowatt hour", "kilowatt hours"), "MWh": ("megawatt hour", "megawatt hours"),
    "mAh": ("milliamp hour", "milliamp hours"), "J": ("joule", "joules"), "kJ": ("kilojoule", "kilojoules"),
    "kcal": ("kilocalorie", "kilocalories"), "cal": ("calorie", "calories"), "N": ("newton", "newtons"),
    "Pa": ("pascal", "pascals"), "hPa": ("hectopascal", "hectopascals"), "bar": ("bar", "bars"),
    "dB": ("decibel", "decibels"), "KB": ("kilobyte", "kilobytes"), "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"),
    "PB": ("petabyte", "petabytes"), "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"), "fps": ("frame per second", "frames per second"),
    "px": ("pixel", "pixels"), "ppm": ("part per million", "parts per million"), "ha": ("hectare", "hectares"),
    "°": ("degree", "degrees"), "°C": ("degree celsius", "degrees celsius"),
    "°F": ("degree fahrenheit", "degrees fahrenheit"), "ºC": ("degree celsius", "degrees celsius"),
    "ºF": ("degree fahrenheit", "degrees fahrenheit"), "K": ("k", "k"), "k": ("k", "k"), "x": ("times", "times"),
    "×": ("times", "times"), "m²": ("square meter", "square meters"), "km²": ("square kilometer", "square kilometers"),
    "m³": ("cubic meter", "cubic meters"), "cm³": ("cubic centimeter", "cubic centimeters"),
    "sqft": ("square foot", "square feet"), "%": ("percent", "percent"), "‰": ("per thousand", "per thousand"),
    "pp": ("percentage point", "percentage points"), "bps": ("basis point", "basis points"),
    "am": ("ay m", "ay m"), "pm": ("p m", "p m"), "AM": ("ay m", "ay m"), "PM": ("p m", "p m"),
    "a.m": ("ay m", "ay m"), "p.m": ("p m", "p m"), "D": ("d", "d"), "G": ("g", "g"), "M": ("million", "million"),
    "B": ("billion", "billion"), "bn": ("billion", "billion"), "mn": ("million", "million"),
    "million": ("million", "million"), "billion": ("billion", "billion"), "p": ("p", "p"),
}  # fmt: skip

#: Units that may stand apart from their number ("5 km"); single letters that are also words are left out.
LOOSE_UNITS: Final = frozenset(UNITS) - {
    "s", "t", "K", "k", "x", "D", "G", "M", "B", "p", "bar", "pp", "am", "AM", "in.", "bps", "g", "L", "J", "N",
    "cal", "mi",
}  # fmt: skip

MAGNITUDES: Final = frozenset({"hundred", "thousand", "million", "billion", "trillion", "mn", "bn", "tn"})
MAGNITUDE_LETTERS: Final[dict[str, str]] = {
    "k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion", "t": "trillion",
    "tn": "trillion",
}  # fmt: skip

#: Symbol: singular, plural, hundredth part ("" for none).
CURRENCIES: Final[dict[str, tuple[str, str, str]]] = {
    "$": ("dollar", "dollars", "cents"), "€": ("euro", "euros", "cents"), "£": ("pound", "pounds", "pence"),
    "¥": ("yen", "yen", ""), "₹": ("rupee", "rupees", "paise"), "₩": ("won", "won", ""), "¢": ("cent", "cents", ""),
}  # fmt: skip
COUNTRIES: Final[dict[str, str]] = {
    "US": "u s", "A": "australian", "C": "canadian", "NZ": "new zealand", "HK": "hong kong", "S": "singapore",
}  # fmt: skip

SYMBOLS: Final[dict[str, str]] = {
    "&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent", "‰": "per thousand", "°": "degrees",
    "§": "section", "×": "times", "÷": "divided by", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen",
    "₹": "rupees", "₩": "won", "¢": "cents", "½": "one half", "¼": "one quarter", "¾": "three quarters",
    "⅓": "one third", "⅔": "two thirds", "²": "squared", "³": "cubed", "±": "plus or minus", "√": "square root of",
    "≈": "about", "≤": "at most", "≥": "at least", "<": "less than", ">": "greater than", "∞": "infinity",
}  # fmt: skip

GREEK: Final[dict[str, str]] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron",
    "π": "pie", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega",
}  # fmt: skip

LATIN_LETTERS: Final[dict[str, str]] = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "th", "þ": "th", "ı": "i", "ŋ": "ng",
    "ə": "e", "ħ": "h",
}  # fmt: skip

MONTHS: Final = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
#: A number from 1100 to 1899 after one of these is a year.
YEAR_CUES: Final = (
    _words("in since by until till from before after during around circa year late early mid of to and") | MONTHS
)

#: Capitals that are said as words although they look like initials, and initials that look like words.
WORD_ACRONYMS: Final = _words(
    "nasa nato unesco unicef fifa uefa opec aids covid laser radar sonar scuba swat gif jpeg ram rom sim pin "
    "lan wan vat asean mercosur nafta noaa ikea lego yolo fomo gaap saas paas iaas crispr nasdaq osha darpa "
    "fema hipaa basic json yaml wysiwyg zip taser captcha"
)
SPELLED: Final = _words(
    "usda asap ucla aarp aclu ncaa isbn espn icbm iaea epub elisa eula iso rsvp imdb usaid rgba usmc nyse "
    "unhcr iucn api aarp ietf ecmwf adhd lgbtq uscis uspto"
)
#: Short words that people write in capitals for stress.
STRESSED: Final = _words(
    "a i no not now new all you the and but our can get big bad one two ten top yes why how who any way far off out "
    "day see say let try own old use put end go do be so if of on in is it's to up at as by we he she they me my or "
    "for are was has had did does will must only free ever even every never always stop best more most less "
    "must very real both each"
)
#: Monarchs and popes, whose Roman numeral is an ordinal.
REGNAL: Final = _words(
    "henry charles louis george edward william richard james elizabeth john paul pius benedict catherine peter "
    "nicholas ivan frederick napoleon philip alexander leo gregory ramesses"
)
ROMAN_CUES: Final = _words(
    "war chapter part volume act scene book section phase stage type class title article appendix bowl episode "
    "season level grade mark tier round group"
)
#: Abbreviations that are common words, and so mean themselves at the end of a sentence.
AMBIGUOUS_AT_END: Final = _words("sun sat mar wed al ed max min rep gen fig ft ca p ch ref sec co")
