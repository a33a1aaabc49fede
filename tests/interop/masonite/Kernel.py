# SPDX-License-Identifier: GPL-3.0-or-later
from masonite.configuration.Configuration import Configuration
from masonite.routes import Route
from masonite.utils.structures import load

from app.middlewares.SignedIn import SignedIn


class Kernel:
    route_middleware = {"web": [SignedIn]}

    def __init__(self, app):
        self.application = app

    def register(self):
        self.application.bind("config.location", "config")
        configuration = Configuration(self.application)
        configuration.load()
        self.application.bind("config", configuration)

        self.application.make("middleware").add(self.route_middleware)
        self.application.bind("controllers.location", "app/controllers")
        Route.set_controller_locations("app/controllers")
        self.application.make("router").add(
            Route.group(load("routes/web", "ROUTES"), middleware=["web"])
        )
