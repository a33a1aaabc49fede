# SPDX-License-Identifier: GPL-3.0-or-later
from masonite.providers import (
    BroadcastProvider,
    EventProvider,
    ExceptionProvider,
    FrameworkProvider,
    RouteProvider,
)

PROVIDERS = [
    FrameworkProvider,
    RouteProvider,
    ExceptionProvider,
    EventProvider,
    BroadcastProvider,
]
