"""The table's addresses."""

from django.urls import path

from commonweal.partners.web import (
    urls_meetings,
    views,
    views_bodies,
    views_founding,
    views_seats,
    views_table,
)

app_name = "partners"

urlpatterns = [
    path("", views_table.table, name="table"),
    path("mine/", views_seats.mine, name="mine"),
    path("bodies/<slug:slug>/", views_bodies.body, name="body"),
    path("found/", views_founding.new_body, name="new-body"),
    path("bodies/<slug:slug>/seat/", views_founding.new_seat, name="new-seat"),
    path("bodies/<slug:slug>/end/", views_founding.end_body, name="end-body"),
    path("bodies/<slug:slug>/say/", views_bodies.say, name="say"),
    path("bodies/<slug:slug>/ask/", views_bodies.ask, name="ask"),
    path("bodies/<slug:slug>/volunteers/", views_bodies.volunteers, name="volunteers"),
    path("volunteers/<uuid:enrollment_id>/stop/", views_bodies.stop, name="stop"),
    path("invitations/<uuid:invitation_id>/answer/", views_bodies.answer, name="answer"),
    path("seats/<uuid:seat_id>/", views_seats.seat, name="seat"),
    path("seats/<uuid:seat_id>/fill/", views_seats.fill, name="fill"),
    path("seats/<uuid:seat_id>/vacate/", views_founding.vacate, name="vacate"),
    path("seats/<uuid:seat_id>/give/", views_founding.give, name="give-seat"),
    path("seats/<uuid:seat_id>/end/", views_founding.end_seat, name="end-seat"),
    path("seats/<uuid:seat_id>/pack/", views_seats.pack, name="pack"),
    path("sittings/<uuid:holding_id>/leave/", views_seats.leave_seat, name="leave-seat"),
    path("sittings/<uuid:holding_id>/authority/", views_seats.authority, name="authority"),
    path("join/", views.join, name="join"),
    path("partners/<slug:slug>/", views.partner, name="partner"),
    path("partners/<slug:slug>/edit/", views.edit, name="edit"),
    path("partners/<slug:slug>/people/", views.people, name="people"),
    path("partners/<slug:slug>/people/<uuid:membership_id>/end/", views.end_role, name="end-role"),
    path("partners/<slug:slug>/control/", views_founding.controlled, name="control"),
    path("partners/<slug:slug>/leave/", views.leave, name="leave"),
    *urls_meetings.urlpatterns,
]
