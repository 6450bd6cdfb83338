"""Names that no package lists: other names of countries, demonyms, bodies and their abbreviations."""

from forecasts.language.folding import word_set

COUNTRIES = {
    "us": "US", "u.s": "US", "u.s.": "US", "usa": "US", "united states of america": "US", "america": "US", "uk": "GB",
    "u.k": "GB", "u.k.": "GB", "britain": "GB", "great britain": "GB", "uae": "AE", "u.a.e": "AE", "u.a.e.": "AE",
    "emirates": "AE", "drc": "CD", "d.r.c.": "CD", "dr congo": "CD", "d.r. congo": "CD", "congo-kinshasa": "CD",
    "democratic republic of congo": "CD", "congo": "CD", "congo-brazzaville": "CG", "car": "CF", "c.a.r.": "CF",
    "burma": "MM", "türkiye": "TR", "turkiye": "TR", "ivory coast": "CI", "côte d'ivoire": "CI",
    "cote d'ivoire": "CI", "cape verde": "CV", "swaziland": "SZ", "czech republic": "CZ", "east timor": "TL",
    "timor-leste": "TL", "holland": "NL", "netherlands": "NL", "palestine": "PS", "prc": "CN", "dprk": "KP",
    "russian federation": "RU", "macedonia": "MK", "bosnia": "BA", "herzegovina": "BA", "holy see": "VA",
    "the gambia": "GM", "papua": "", "georgia": "GE", "syrian arab republic": "SY", "viet nam": "VN",
    "republic of korea": "KR", "ksa": "SA",
}  # fmt: skip

DEMONYMS = {
    "AF": "afghan afghans", "AL": "albanian", "DZ": "algerian", "AO": "angolan", "AR": "argentine argentinian",
    "AM": "armenian", "AU": "australian", "AT": "austrian", "AZ": "azerbaijani azeri", "BH": "bahraini",
    "BD": "bangladeshi", "BY": "belarusian", "BE": "belgian", "BZ": "belizean", "BJ": "beninese", "BT": "bhutanese",
    "BO": "bolivian", "BA": "bosnian", "BW": "botswanan", "BR": "brazilian", "BG": "bulgarian",
    "BF": "burkinabe burkinabé burkinabè", "BI": "burundian", "KH": "cambodian", "CM": "cameroonian",
    "CA": "canadian", "TD": "chadian", "CL": "chilean", "CN": "chinese", "CO": "colombian", "KM": "comorian",
    "CD": "congolese", "CR": "costa-rican", "HR": "croatian", "CU": "cuban", "CY": "cypriot", "CZ": "czech",
    "DK": "danish", "DJ": "djiboutian", "NL": "dutch", "EC": "ecuadorian ecuadorean", "EG": "egyptian",
    "GQ": "equatoguinean", "ER": "eritrean", "EE": "estonian", "ET": "ethiopian", "FJ": "fijian", "FI": "finnish",
    "FR": "french", "GA": "gabonese", "GM": "gambian", "GE": "georgian", "DE": "german", "GH": "ghanaian",
    "GR": "greek", "GT": "guatemalan", "GN": "guinean", "GY": "guyanese", "HT": "haitian", "HN": "honduran",
    "HU": "hungarian", "IS": "icelandic", "IN": "indian", "ID": "indonesian", "IR": "iranian", "IQ": "iraqi",
    "IE": "irish", "IL": "israeli", "IT": "italian", "CI": "ivorian", "JM": "jamaican", "JP": "japanese",
    "JO": "jordanian", "KZ": "kazakh kazakhstani", "KE": "kenyan", "KW": "kuwaiti", "XK": "kosovar kosovan",
    "KG": "kyrgyz", "LA": "laotian lao", "LV": "latvian", "LB": "lebanese", "LR": "liberian", "LY": "libyan",
    "LT": "lithuanian", "MG": "malagasy", "MW": "malawian", "MY": "malaysian", "MV": "maldivian", "ML": "malian",
    "MT": "maltese", "MR": "mauritanian", "MU": "mauritian", "MX": "mexican", "MD": "moldovan", "MN": "mongolian",
    "ME": "montenegrin", "MA": "moroccan", "MZ": "mozambican", "MM": "burmese", "NA": "namibian",
    "NP": "nepali nepalese", "NI": "nicaraguan", "NE": "nigerien", "NG": "nigerian", "KP": "north-korean",
    "NO": "norwegian", "OM": "omani", "PK": "pakistani", "PS": "palestinian", "PA": "panamanian", "PG": "papuan",
    "PY": "paraguayan", "PE": "peruvian", "PH": "philippine filipino", "PL": "polish", "PT": "portuguese",
    "QA": "qatari", "RO": "romanian", "RU": "russian", "RW": "rwandan", "SA": "saudi", "SN": "senegalese",
    "RS": "serbian", "SL": "sierra-leonean", "SG": "singaporean", "SK": "slovak", "SI": "slovenian slovene",
    "SO": "somali", "ZA": "south-african", "KR": "south-korean", "SS": "south-sudanese", "ES": "spanish",
    "LK": "sri-lankan", "SD": "sudanese", "SE": "swedish", "CH": "swiss", "SY": "syrian", "TW": "taiwanese",
    "TJ": "tajik", "TZ": "tanzanian", "TH": "thai", "TG": "togolese", "TN": "tunisian", "TR": "turkish",
    "TM": "turkmen", "UG": "ugandan", "UA": "ukrainian", "AE": "emirati", "GB": "british", "US": "american",
    "UY": "uruguayan", "UZ": "uzbek", "VE": "venezuelan", "VN": "vietnamese", "YE": "yemeni", "ZM": "zambian",
    "ZW": "zimbabwean",
}  # fmt: skip
"""Adjectives by country code; a hyphen stands for a space."""

REGIONS = {
    "ET": "Tigray Amhara Oromia Afar Somali-Region Gambella",
    "CD": "North-Kivu South-Kivu Ituri Kasai Katanga Equateur",
    "SD": "Kordofan North-Kordofan South-Kordofan West-Kordofan Darfur North-Darfur South-Darfur West-Darfur "
    "Gezira Blue-Nile",
    "UA": "Donbas Donbass Crimea Donetsk-Oblast Kherson-Oblast Zaporizhzhia",
    "RU": "Kursk Belgorod Chechnya Dagestan", "IN": "Kashmir Jammu-and-Kashmir Ladakh Manipur",
    "PK": "Balochistan Baluchistan Khyber-Pakhtunkhwa Waziristan Azad-Kashmir",
    "AZ": "Nagorno-Karabakh Karabakh Nakhchivan", "PS": "Gaza Gaza-Strip West-Bank",
    "SY": "Golan Golan-Heights Idlib Afrin", "MZ": "Cabo-Delgado", "NG": "Borno Zamfara Plateau-State",
    "SO": "Somaliland Puntland Jubaland", "SS": "Unity-State Upper-Nile", "GE": "Abkhazia South-Ossetia",
    "MD": "Transnistria", "MM": "Rakhine Arakan Kachin Shan-State Chin-State Sagaing Kayah", "GY": "Essequibo",
    "TW": "Kinmen Matsu", "PH": "Mindanao Bangsamoro Scarborough-Shoal", "ML": "Azawad Mopti Kidal Menaka",
    "BF": "Sahel-Region", "CM": "Ambazonia", "CO": "Catatumbo Cauca", "MX": "Sinaloa",
    "YE": "Hodeidah Marib Hadramout Hadramawt", "LY": "Cyrenaica Tripolitania Fezzan", "IQ": "Kurdistan Sinjar",
    "XK": "North-Kosovo", "CF": "Vakaga Haut-Mbomou",
}  # fmt: skip
"""Regions of conflicts by the names that English texts give them, where ISO 3166-2 has others or none."""

BODIES = {
    "eu": "European Union", "e.u": "European Union", "e.u.": "European Union", "un": "United Nations",
    "u.n": "United Nations", "u.n.": "United Nations", "au": "African Union", "a.u.": "African Union",
    "ecb": "European Central Bank", "imf": "International Monetary Fund", "fed": "Federal Reserve",
    "icj": "International Court of Justice", "icc": "International Criminal Court", "unsc": "UN Security Council",
    "security council": "UN Security Council", "boe": "Bank of England", "boj": "Bank of Japan",
    "idf": "Israeli military", "pla": "People's Liberation Army", "rsf": "Rapid Support Forces",
    "saf": "Sudanese Armed Forces", "aa": "Arakan Army", "gcc": "Gulf Cooperation Council", "asean": "ASEAN",
    "ecowas": "ECOWAS", "igad": "IGAD", "nato": "NATO", "opec": "OPEC", "opec+": "OPEC+", "osce": "OSCE",
    "unhcr": "UNHCR", "unicef": "UNICEF", "wfp": "World Food Programme", "who": "World Health Organization",
    "ocha": "OCHA", "iaea": "IAEA", "iom": "IOM", "icrc": "ICRC", "sadc": "SADC", "csto": "CSTO", "brics": "BRICS",
    "economic community of west african states": "ECOWAS", "north atlantic treaty organization": "NATO",
    "association of southeast asian nations": "ASEAN", "world food program": "World Food Programme",
    "world health organisation": "World Health Organization",
    "united nations security council": "UN Security Council", "un refugee agency": "UNHCR",
    "united nations refugee agency": "UNHCR", "u.n. refugee agency": "UNHCR", "hts": "Hayat Tahrir al-Sham",
    "sdf": "Syrian Democratic Forces", "pkk": "Kurdistan Workers' Party", "tplf": "Tigray People's Liberation Front",
    "taliban": "Taliban", "houthi": "Houthis", "houthis": "Houthis", "hamas": "Hamas", "hezbollah": "Hezbollah",
    "hizbullah": "Hezbollah", "isis": "Islamic State", "isil": "Islamic State", "kremlin": "Russia",
    "white house": "United States", "pentagon": "US Department of Defense", "elysee": "France",
    "state department": "US Department of State", "downing street": "United Kingdom", "jnim": "JNIM", "m23": "M23",
}  # fmt: skip
"""Bodies by what texts call them; an abbreviation that is itself the common name stays one."""

ACTORS = word_set("""
government governments administration authorities authority state states regime junta council councils parliament
parliaments assembly senate congress cabinet ministry ministries minister ministers president presidents ruler rulers
premier
chancellor king monarch emir sultan speaker chief chiefs general generals commander commanders governor governors
mayor ambassador envoy envoys diplomat diplomats official officials leader leaders leadership army armies military
militaries navy force forces troops troop soldiers soldier fighters fighter rebels rebel insurgents insurgency
guerrillas militants militia militias militiamen paramilitaries paramilitary gang gangs cartel cartels jihadists group
groups faction factions movement party parties coalition alliance bloc opposition union unions bank banks committee
commission court courts tribunal judge judges prosecutor prosecutors police agency agencies organisation organization
ministry department company companies firm firms regulator regulators board fund mission peacekeepers delegation
delegations negotiators mediator mediators team teams lawmakers senators legislators deputies mps lawmaker candidate
incumbent challenger premier secretary spokesman separatists secessionists hardliners loyalists mercenaries
contractors brigade brigades battalion battalions division corps squadron fleet coastguard country countries nation
nations neighbour neighbours neighbors kingdom republic federation confederation lenders lender creditors donors
insurers airline airlines operator operators producer exporters kremlin employers side sides legislature executive
presidency monarchy clergy church strongman warlord warlords clan tribe front wing unit units command staff
electoral-commission mpc fed treasury exchequer industry ministry forecaster utility manufacturer retailer club
federation guild association societies contingent contingents personnel crew crews garrison detachment
""")
"""Common nouns for who acts: states, bodies, groups, offices."""

SPEAKERS = word_set("""
analyst analysts expert experts observer observers source sources economist economists commentator commentators
witness witnesses researcher researchers scholar scholars forecaster forecasters critic critics correspondent
correspondents reporter reporters historian strategist strategists resident trader traders pollster pollsters insider
insiders scientist scientists meteorologist meteorologists aid-workers officer somebody someone nobody everyone people
many some few most market markets investors
""")
"""Who speaks of what others do; never an actor."""

PEOPLE = word_set("""
people persons person civilians civilian residents resident refugees refugee families family households children women
men migrants migrant arrivals returnees displaced idps inhabitants villagers citizens nationals voters patients pupils
students workers worker employees members passengers lives souls deaths dead casualties homes houses farmers herders
pastoralists villages schools sudanese south-sudanese survivors victims staff
""")
"""Who and what is counted."""

THINGS = word_set("""
operation hurricane typhoon cyclone storm index agreement treaty accord act bill plan programme program river sea
strait lake ocean gulf desert mountain mountains bridge airport port dam road highway canal corridor crossing ebola
cholera covid-19 covid mpox measles dengue malaria polio brent wti niño nino niña nina summit conference talks
festival cup olympics euro dollar pound yen lira naira rouble ruble birr kyat war crisis protocol resolution
memorandum roadmap league election elections referendum constitution law report fair
""")
"""Words that make a name one of a thing or an event."""
