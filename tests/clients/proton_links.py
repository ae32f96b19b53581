"""What raw AMQP clients do with links: proton_links.py PORT. Prints one JSON object."""

import json
import sys

from proton import Delivery, Message
from proton.handlers import MessagingHandler
from proton.reactor import AtLeastOnce, Container

HUB = "retail-events"
GROUP = f"{HUB}/ConsumerGroups/$Default/Partitions/"


class Links(MessagingHandler):
    def __init__(self, port):
        super().__init__(prefetch=10, auto_accept=False)
        self.port = port
        self.found = {"opened": [], "errors": [], "disconnected": False, "received": []}
        self.asked = False
        self.sent = False

    def on_start(self, event):
        container = event.container
        self.connection = container.connect(
            f"amqp://127.0.0.1:{self.port}", reconnect=False, allowed_mechs="ANONYMOUS"
        )
        self.asking = container.create_sender(self.connection, "$management", name="same")
        self.answers = container.create_receiver(self.connection, "$management", name="same")
        container.create_sender(self.connection, HUB, name="twice")
        self.sender = container.create_sender(self.connection, HUB, name="twice")
        self.reader = container.create_receiver(
            self.connection, GROUP + "0", name="reader", options=AtLeastOnce()
        )
        container.create_receiver(self.connection, GROUP + "88", name="nowhere")
        self.timer = container.schedule(30, self)

    def on_timer_task(self, event):
        self.connection.close()

    def on_link_opened(self, event):
        link = event.link
        self.found["opened"].append([link.name, "sender" if link.is_sender else "receiver"])
        if link == self.answers:
            properties = {"operation": "READ", "type": "com.microsoft:eventhub", "name": HUB}
            self.asking.send(Message(id="1", reply_to="same", properties=properties, body=""))

    def on_link_error(self, event):
        self.found["errors"].append([event.link.name, event.link.remote_condition.name])

    def on_disconnected(self, event):
        self.found["disconnected"] = True

    def on_message(self, event):
        if event.receiver == self.answers:
            self.found["partitions"] = event.message.body["partition_count"]
            self.accept(event.delivery)
        else:
            self.found["received"].append(
                [bytes(event.message.body).decode(), event.delivery.settled]
            )
            # Given back once: it comes again.
            first = len(self.found["received"]) == 1
            self.release(event.delivery, False) if first else self.accept(event.delivery)
        if "partitions" in self.found and len(self.found["received"]) == 4:
            self.timer.cancel()
            self.connection.close()


handler = Links(int(sys.argv[1]))
Container(handler).run()
print(json.dumps(handler.found))
