"""The addresses of meetings and of the work between them."""

from django.urls import path

from commonweal.partners.web import (
    views_agenda,
    views_burden,
    views_calendars,
    views_calling,
    views_coming,
    views_meetings,
    views_minutes,
    views_put_off,
    views_room,
    views_times,
    views_work,
)

urlpatterns = [
    path("meetings/", views_meetings.index, name="meetings"),
    path("meetings/new/", views_calling.call, name="call"),
    path("meetings/<uuid:meeting_id>/", views_meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/when/", views_times.when, name="when"),
    path("meetings/<uuid:meeting_id>/when/add/", views_times.add_slot, name="add-slot"),
    path("meetings/<uuid:meeting_id>/when/ask/", views_times.ask_around, name="ask-around"),
    path("meetings/<uuid:meeting_id>/when/<uuid:slot_id>/", views_times.choose, name="choose-slot"),
    path("meetings/<uuid:meeting_id>/coming/", views_coming.coming, name="coming"),
    path("meetings/<uuid:meeting_id>/change/", views_calling.change, name="change-meeting"),
    path("meetings/<uuid:meeting_id>/agenda/", views_agenda.put, name="put-item"),
    path("meetings/<uuid:meeting_id>/agenda/<uuid:item_id>/", views_agenda.order, name="order-item"),
    path("meetings/<uuid:meeting_id>/parts/", views_agenda.give_part, name="give-part"),
    path("meetings/<uuid:meeting_id>/meeting.ics", views_calendars.file, name="meeting-file"),
    path("meetings/<uuid:meeting_id>/room/", views_room.room, name="room"),
    path("meetings/<uuid:meeting_id>/room/now/", views_room.room_now, name="room-now"),
    path("meetings/<uuid:meeting_id>/do/", views_room.do, name="do"),
    path("meetings/<uuid:meeting_id>/write/", views_minutes.write, name="write"),
    path("meetings/<uuid:meeting_id>/minutes/", views_minutes.minutes, name="minutes"),
    path("meetings/<uuid:meeting_id>/worth/", views_room.worth, name="worth"),
    path("calendar/", views_calendars.my_feed, name="my-feed"),
    path("calendar/<str:token>.ics", views_calendars.feed, name="feed"),
    path("actions/", views_work.actions, name="actions"),
    path("actions/<uuid:action_id>/", views_work.action, name="action"),
    path("put-off/", views_put_off.log, name="put-off"),
    path("burden/", views_burden.burden, name="burden"),
]
