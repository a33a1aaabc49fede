# SPDX-License-Identifier: GPL-3.0-or-later
from masonite.broadcasting import Broadcast
from masonite.controllers import Controller
from masonite.request import Request

from app.broadcasts.OrderShipped import OrderShipped


class OrderController(Controller):
    def ship(self, request: Request, broadcast: Broadcast):
        order = int(request.param("order"))
        broadcast.channel(OrderShipped(order, request.input("carrier")))
        broadcast.channel("shipments", "shipped", {"order": order})
        return {"shipped": order}
