"""Where the places are that a document names: a gazetteer, resolution with precision, distances."""

from warledger.geo.gazetteer import Gazetteer, Reading
from warledger.geo.index import build_index
from warledger.geo.place import MATCHES, PRECISIONS, UNRESOLVED, GazetteerPlace, PlaceQuery, Resolution, distance_km
from warledger.geo.readers import read_csv, read_geonames, read_places
from warledger.geo.resolve import resolve

__all__ = [
    "MATCHES", "PRECISIONS", "UNRESOLVED", "Gazetteer", "GazetteerPlace", "PlaceQuery", "Reading", "Resolution", "build_index",
    "distance_km", "read_csv", "read_geonames", "read_places", "resolve",
]  # fmt: skip
