"""Addresses below ``/directory/``."""

from django.urls import path

from commonweal.directory.web import asking_room, checking, review, search, service, vocabulary

app_name = "directory"
urlpatterns = [
    path("", search.search, name="search"),
    path("services/<uuid:service_id>/", service.service, name="service"),
    path("services/<uuid:service_id>/suggest/", service.suggest, name="suggest"),
    path("unmet/", service.unmet, name="unmet"),
    path("unmet/thanks/", service.thanks, name="thanks"),
    path("services/<uuid:service_id>/ask-room/", asking_room.ask, name="ask-room"),
    path("room/<str:token>/", asking_room.tell, name="tell-room"),
    path("v/<str:token>/", checking.verify, name="verify"),
    path("v/<str:token>/<uuid:service_id>/", checking.verify_one, name="verify-one"),
    path("review/", review.review, name="review"),
    path("review/ask-all/", review.ask_all, name="ask-all"),
    path("review/corrections/<uuid:correction_id>/", review.settle, name="settle"),
    path("review/services/<uuid:service_id>/", review.check, name="check"),
    path("mine/", review.mine, name="mine"),
    path("mine/<uuid:service_id>/", review.room, name="room"),
    path("words/", vocabulary.words, name="words"),
    path("words/add/", vocabulary.add_word, name="add-word"),
    path("words/map/", vocabulary.map_term, name="map-term"),
    path("words/<uuid:synonym_id>/drop/", vocabulary.drop_word, name="drop-word"),
    path("words/map/<uuid:mapping_id>/drop/", vocabulary.unmap, name="unmap"),
]
