"""Reads every partition of an event hub from its oldest event, prints each event as a line that
event-readers.ts describes, and ends after COUNT events.

every_event.py CONNECTION GROUP COUNT
"""

import base64
import sys
import threading

from azure.eventhub import EventHubConsumerClient

PATIENCE_SECONDS = 60
connection, group, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
left = count
lock = threading.Lock()
progress = threading.Condition(lock)


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def line(partition, event):
    properties = {text(name): value for name, value in event.properties.items()}
    return "\t".join(
        [
            partition,
            str(event.sequence_number),
            text(event.partition_key),
            event.content_type,
            ";".join(f"{name}={shown(properties[name])}" for name in sorted(properties)),
            base64.b64encode(b"".join(event.body)).decode(),
        ]
    )


def shown(value):
    return str(value).lower() if isinstance(value, bool) else text(value)


def on_batch(context, events):
    global left
    with progress:
        for event in events:
            if left == 0:
                break
            print(line(context.partition_id, event))
            left -= 1
        if events:
            progress.notify()


client = EventHubConsumerClient.from_connection_string(connection, consumer_group=group)


def receive():
    client.receive_batch(
        on_event_batch=on_batch,
        max_wait_time=0.5,
        max_batch_size=500,
        # More than a batch: with the default of 300 each batch waits for its second part.
        prefetch=2_000,
        starting_position="-1",
    )


sys.stdout.reconfigure(encoding="utf-8", newline="\n")
threading.Thread(target=receive, daemon=True).start()
with progress:
    while left > 0:
        if not progress.wait(PATIENCE_SECONDS):
            sys.exit(f"{left} events are missing after {PATIENCE_SECONDS} s without any")
client.close()
sys.stdout.flush()
