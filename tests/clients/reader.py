"""Reads an event hub with Microsoft's client, and prints the id of each event on a line.

reader.py CONNECTION GROUP [CHECKPOINT]

CONNECTION names the event hub (EntityPath). Begins with the oldest event, or behind the offsets in the
file CHECKPOINT, which it keeps up to date: an event is printed before it is checkpointed, so it may come
twice and is never missed. Goes on when the hub goes and comes back. Ends with code 3 when the hub
refuses an offset.
"""

import json
import logging
import os
import sys
import threading
import time

from azure.eventhub import EventHubConsumerClient

logging.disable(logging.CRITICAL)
connection, group = sys.argv[1:3]
checkpoint = sys.argv[3] if len(sys.argv) > 3 else None
offsets = {}
lock = threading.Lock()
if checkpoint and os.path.exists(checkpoint):
    with open(checkpoint, encoding="utf-8") as file:
        offsets = json.load(file)


def open_client():
    # With retries of its own the client never tells of a refusal: it tries again for ever.
    return EventHubConsumerClient.from_connection_string(
        connection, consumer_group=group, retry_total=0
    )


def id_of(event):
    body = json.loads(event.body_as_str())
    return body.get("event_id", body) if isinstance(body, dict) else body


def on_batch(context, events):
    if not events:
        return
    with lock:
        for event in events:
            print(id_of(event))
        sys.stdout.flush()
        offsets[context.partition_id] = events[-1].offset
        if checkpoint:
            with open(checkpoint + ".tmp", "w", encoding="utf-8") as file:
                json.dump(offsets, file)
            os.replace(checkpoint + ".tmp", checkpoint)
            # An empty line: the events before it are in the checkpoint.
            print(flush=True)


def read_until_broken():
    client = open_client()
    broken = threading.Event()

    def on_error(_, error):
        if "The supplied offset" in str(error):
            print(error, file=sys.stderr, flush=True)
            os._exit(3)
        broken.set()

    def read():
        try:
            client.receive_batch(
                on_event_batch=on_batch,
                on_error=on_error,
                max_wait_time=0.5,
                max_batch_size=500,
                starting_position={id: offsets.get(id, "-1") for id in ids},
            )
        except Exception:
            broken.set()

    try:
        ids = client.get_partition_ids()
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        broken.wait()
    finally:
        # A connection that is gone may never finish closing.
        closing = threading.Thread(target=client.close, daemon=True)
        closing.start()
        closing.join(3)


while True:
    try:
        read_until_broken()
    except Exception:
        pass
    time.sleep(0.2)
