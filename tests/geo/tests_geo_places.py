"""The places of a small gazetteer, for tests."""

from warledger.geo import GazetteerPlace

PLACES = (
    GazetteerPlace("country:SY", "Syria", "country", "SY", "", 35.0, 38.5, 20_000_000, ("Syrian Arab Republic",)),
    GazetteerPlace("country:LY", "Libya", "country", "LY", "", 27.0, 17.0, 6_000_000),
    GazetteerPlace("country:LB", "Lebanon", "country", "LB", "", 33.8, 35.8, 6_000_000),
    GazetteerPlace("adm1:SY.09", "Aleppo Governorate", "province", "SY", "09", 36.25, 37.55, 4_000_000, ("Aleppo",)),
    GazetteerPlace("adm1:SY.12", "Idlib Governorate", "province", "SY", "12", 35.83, 36.7, 1_500_000, ("Idlib",)),
    GazetteerPlace("1", "Aleppo", "city", "SY", "09", 36.2, 37.16, 2_000_000, ("Halab", "حلب", "Алеппо")),
    GazetteerPlace("2", "Idlib", "city", "SY", "12", 35.93, 36.63, 128_000),
    GazetteerPlace("3", "Deir ez-Zor", "city", "SY", "07", 35.34, 40.14, 271_000, ("Dayr az Zawr",)),
    GazetteerPlace("4", "Hama", "city", "SY", "10", 35.13, 36.75, 460_000, ("Ḩamāh",)),
    GazetteerPlace("5", "Homs", "city", "SY", "11", 34.73, 36.72, 775_000),
    GazetteerPlace("6", "Sarmin", "town", "SY", "12", 35.9, 36.73, 14_000),
    GazetteerPlace("7", "Jarabulus", "town", "SY", "09", 36.82, 38.01, 11_000),
    GazetteerPlace("8", "Midan (Aleppo)", "neighbourhood", "SY", "09", 36.22, 37.17, 0, ("Midan", "al-Midan")),
    GazetteerPlace("9", "Midan (Damascus)", "neighbourhood", "SY", "13", 33.49, 36.3, 0, ("Midan", "al-Midan")),
    GazetteerPlace("10", "Damascus", "city", "SY", "13", 33.51, 36.29, 1_500_000),
    GazetteerPlace("11", "Tripoli", "city", "LY", "77", 32.89, 13.19, 1_150_000),
    GazetteerPlace("12", "Tripoli", "city", "LB", "09", 34.44, 35.85, 229_000),
    GazetteerPlace("13", "Beirut", "city", "LB", "04", 33.89, 35.5, 1_900_000),
    GazetteerPlace("14", "Benghazi", "city", "LY", "69", 32.12, 20.07, 650_000),
    GazetteerPlace("15", "Tabqa Dam", "facility", "SY", "04", 35.87, 38.57),
    GazetteerPlace("16", "Eastern Ghouta", "region", "SY", "", 33.53, 36.42, 0, ("Ghouta",)),
    GazetteerPlace("17", "Middle East", "region", "", "", 29.0, 42.0),
    GazetteerPlace("18", "Springfield", "village", "US", "IL", 39.8, -89.6, 900),
    GazetteerPlace("19", "Khirbet Naqs", "village", "SY", "10", 35.0, 37.0, 600),
    GazetteerPlace("20", "Orontes River", "natural", "SY", "", 35.1, 36.6),
    GazetteerPlace("21", "Afrin", "town", "SY", "09", 36.51, 36.87, 36_000),
)
