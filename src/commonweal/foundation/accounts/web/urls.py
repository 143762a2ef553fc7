"""The doors of accounts. allauth's own URLs are not mounted: what is not here does not exist."""

from django.urls import path

from commonweal.foundation.accounts.web import views_passkeys, views_session, views_tokens

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views_session.sign_in, name="sign-in"),
    path("sign-in/options/", views_session.sign_in_options, name="sign-in-options"),
    path("sign-out/", views_session.sign_out, name="sign-out"),
    path("as/", views_session.choose_seat, name="as"),
    path("me/", views_session.me, name="me"),
    path("again/", views_passkeys.again, name="again"),
    path("passkeys/", views_passkeys.index, name="passkeys"),
    path("passkeys/add/", views_passkeys.add, name="passkey-add"),
    path("passkeys/add/options/", views_passkeys.add_options, name="passkey-add-options"),
    path("passkeys/<int:passkey_id>/remove/", views_passkeys.remove, name="passkey-remove"),
    path("invitation/<str:token>/", views_tokens.invitation, name="invitation"),
    path("invitation/<str:token>/options/", views_tokens.invitation_options, name="invitation-options"),
    path("link/", views_tokens.ask_link, name="ask-link"),
    path("link/<str:token>/", views_tokens.link, name="link"),
]
