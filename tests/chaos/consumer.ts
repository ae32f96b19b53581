/** A consumer of the hub that keeps everything it received, as a plain AMQP client. */
import { setTimeout as sleep } from 'node:timers/promises';
import rhea, { type Connection, type EventContext } from 'rhea';
import type { Hub } from '../../src/hub/hub.ts';
import { comparable } from './reference.ts';

const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 5;

export interface Received {
  readonly id: string;
  readonly partition: number;
  /** The envelope, without the time of its making. */
  readonly body: string;
}

export class Consumer {
  /** In the order of their arrival. */
  readonly received: Received[] = [];
  /** The first occurrence of each event. */
  readonly first = new Map<string, Received>();
  private readonly hub: Hub;
  private readonly connection: Connection;

  private constructor(hub: Hub, connection: Connection) {
    this.hub = hub;
    this.connection = connection;
  }

  /** Begins to receive all that comes from now on. */
  static async open(hub: Hub, entity: string, partitions: number): Promise<Consumer> {
    const connection = rhea.create_container().connect({
      host: '127.0.0.1',
      port: hub.port,
      username: 'anyone',
      reconnect: false,
    });
    const consumer = new Consumer(hub, connection);
    // The hub ends first.
    for (const event of ['disconnected', 'connection_error', 'connection_close']) {
      connection.on(event, () => {});
    }
    for (let partition = 0; partition < partitions; partition++) {
      const receiver = connection.open_receiver(
        `${entity}/ConsumerGroups/$Default/Partitions/${partition}`,
      );
      receiver.on('message', (context: EventContext) => consumer.take(partition, context));
      await new Promise<void>((resolve, reject) => {
        receiver.once('receiver_open', () => resolve());
        receiver.once('receiver_error', () => reject(new Error(`${receiver.error}`)));
      });
    }
    return consumer;
  }

  /** Events that came more often than once, counted. */
  get repeats(): number {
    return this.received.length - this.first.size;
  }

  /** Waits until everything is here that the hub has. */
  async catchUp(): Promise<void> {
    const endMs = performance.now() + PATIENCE_MS;
    while (this.received.length < this.hub.stats().incomingEvents) {
      if (performance.now() > endMs) throw new Error('The consumer does not follow the hub');
      await sleep(LOOK_EVERY_MS);
    }
  }

  close(): void {
    this.connection.close();
  }

  private take(partition: number, { message }: EventContext): void {
    const text = (message!.body.content as Buffer).toString('utf8');
    const event: Received = { id: JSON.parse(text).event_id, partition, body: comparable(text) };
    this.received.push(event);
    if (!this.first.has(event.id)) this.first.set(event.id, event);
  }
}
