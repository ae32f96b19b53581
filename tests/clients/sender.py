"""Sends COUNT numbered events to partition 0 with Microsoft's client: sender.py CONNECTION COUNT."""

import json
import logging
import sys

from azure.eventhub import EventData, EventHubProducerClient

logging.disable(logging.CRITICAL)
client = EventHubProducerClient.from_connection_string(sys.argv[1], retry_total=0)
try:
    for n in range(int(sys.argv[2])):
        batch = client.create_batch(partition_id="0")
        batch.add(EventData(json.dumps({"event_id": f"p{n}"})))
        client.send_batch(batch)
    print("sent")
except Exception as error:
    print(error)
finally:
    client.close()
