# SPDX-License-Identifier: GPL-3.0-or-later
from masonite.broadcasting import CanBroadcast, Channel, PrivateChannel


class OrderShipped(CanBroadcast):
    def __init__(self, order, carrier):
        self.order = order
        self.carrier = carrier

    def broadcast_on(self):
        return [Channel("orders"), PrivateChannel(f"order.{self.order}")]
