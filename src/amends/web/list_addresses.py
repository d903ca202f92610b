"""The addresses of the work list beside its page."""

from django.urls import path

from amends.web import list_acts, list_bulk, list_export, list_fresh, list_saved

urlpatterns = [
    path("list/export", list_export.export, name="list-export"),
    path("list/changes", list_fresh.changes, name="list-changes"),
    path("list/<int:number>/approve", list_acts.approve_it, name="list-approve"),
    path("list/<int:number>/take", list_acts.take_it, name="list-take"),
    path("list/<int:number>/release", list_acts.release_it, name="list-release"),
    path("list/<int:number>/undo", list_acts.undo_it, name="list-undo"),
    path("list/<int:number>/here", list_acts.here, name="list-here"),
    path("list/bulk", list_bulk.look, name="bulk"),
    path("list/bulk/run", list_bulk.carry_on, name="bulk-run"),
    path("list/views", list_saved.own_views, name="own-views"),
    path("list/views/<int:number>/rename", list_saved.rename, name="rename-view"),
    path("list/views/<int:number>/forget", list_saved.forget, name="forget-view"),
    path("list/guide", list_saved.put_guide_away, name="guide"),
]
