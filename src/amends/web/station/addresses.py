"""Which address shows which page of the station."""

from django.urls import path

from amends.web.station import board, case, parcels

_CASE = "station/cases/<int:number>"
_PARCEL = "station/parcels/<int:number>"

urlpatterns = [
    path("station", board.board, name="station"),
    path("station/keep", parcels.keep_page, name="station-keep"),
    path("station/keep/now", parcels.keep_one, name="station-keep-one"),
    path(_CASE, case.case_page, name="station-case"),
    path(f"{_CASE}/receive", case.receive, name="station-receive"),
    path(f"{_CASE}/back", case.back, name="station-back"),
    path(f"{_CASE}/wrong", case.wrong, name="station-wrong"),
    path(f"{_CASE}/inspect", case.inspect, name="station-inspect"),
    path(f"{_CASE}/dispose", case.dispose, name="station-dispose"),
    path(_PARCEL, parcels.parcel, name="station-parcel"),
    path(f"{_PARCEL}/match", parcels.match_one, name="station-match"),
    path(f"{_PARCEL}/gone", parcels.gone, name="station-gone"),
    path(f"{_PARCEL}/label", parcels.label, name="station-label"),
]
