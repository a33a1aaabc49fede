# SPDX-License-Identifier: GPL-3.0-or-later
from masonite.middleware import Middleware


class SignedIn(Middleware):
    """Stands in for LoadUserMiddleware: this app has no database to load a user from."""

    def before(self, request, response):
        request.set_user(request.header("X-User"))
        return request

    def after(self, request, response):
        return request
