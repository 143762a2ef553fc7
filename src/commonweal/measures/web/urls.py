"""Addresses of measures."""

from django.urls import path

from commonweal.measures.web import views, views_analyses, views_dictionary

app_name = "measures"

urlpatterns = [
    path("", views.register, name="register"),
    path("dictionary/", views_dictionary.register, name="dictionary"),
    path("dictionary.csv", views_dictionary.dictionary_csv, name="dictionary-csv"),
    path("dictionary-columns.csv", views_dictionary.columns_csv, name="dictionary-columns-csv"),
    path("dictionary/<slug:element_id>/", views_dictionary.element, name="element"),
    path("dictionary/<slug:element_id>/words/", views_dictionary.own_words, name="own-words"),
    path("analyses/", views_analyses.register, name="analyses"),
    path("analyses/new/", views_analyses.ask, name="ask-analysis"),
    path("analyses/<int:number>/", views_analyses.analysis, name="analysis"),
    path("analyses/<int:number>/answer/", views_analyses.answer, name="answer-analysis"),
    path("<slug:measure_id>/", views.measure, name="measure"),
    path("<slug:measure_id>.csv", views.figures_csv, name="csv"),
]
