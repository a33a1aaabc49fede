# SPDX-License-Identifier: GPL-3.0-or-later
from masonite.broadcasting import Broadcast
from masonite.routes import Route

ROUTES = [
    Route.post("/orders/@order/ship", "OrderController@ship"),
]

ROUTES += Broadcast.routes()
