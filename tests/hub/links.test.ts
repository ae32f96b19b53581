/** Links as raw clients attach them: names used again, receivers that settle for themselves. */
import { createRequire } from 'node:module';
import { once } from 'node:events';
import rhea, { type Connection, type EventContext, type Receiver, type Session } from 'rhea';
import { expect, it, onTestFinished } from 'vitest';
import type { Hub } from '../../src/hub/hub.ts';
import { ENTITY, json, send, testHub, testProducer, until } from './clients.ts';
import { connected } from './raw-client.ts';

const require = createRequire(import.meta.url);
/** Performatives of the library, for what its own links never do. */
const frames = require('rhea/lib/frames.js') as Record<string, (fields: object) => object>;
const RECEIVE_FROM = `${ENTITY}/ConsumerGroups/tail/Partitions/0`;

interface Performative {
  readonly name?: string;
  readonly handle: number;
  readonly role?: boolean;
  readonly error?: { readonly condition: string; readonly description: string };
}

/** A session whose links are frames, written and read one by one. */
class BareSession {
  readonly attached: Performative[] = [];
  readonly detached: Performative[] = [];
  readonly ended: Performative[] = [];
  private readonly session: Session;

  constructor(connection: Connection) {
    this.session = connection.create_session();
    const keep = (name: string, into: Performative[]) =>
      Reflect.set(this.session, name, (frame: { performative: Performative }) => {
        into.push(frame.performative);
      });
    keep('on_attach', this.attached);
    keep('on_detach', this.detached);
    keep('on_end', this.ended);
    keep('on_flow', []);
    this.session.begin();
  }

  static async open(connection: Connection): Promise<BareSession> {
    const bare = new BareSession(connection);
    await once(bare.session, 'session_open');
    return bare;
  }

  attach(name: string, handle: number, toClient: boolean, address: string): void {
    const terminus = (text: string | undefined, kind: 'source' | 'target') =>
      (
        require('rhea/lib/terminus.js') as Record<
          string,
          (fields: object) => { described(): object }
        >
      )
        [kind]({ address: text })
        .described();
    this.write(
      frames.attach({
        name,
        handle,
        role: toClient,
        source: terminus(toClient ? address : undefined, 'source'),
        target: terminus(toClient ? undefined : address, 'target'),
        initial_delivery_count: 0,
      }),
    );
  }

  end(): void {
    this.write(frames.end({}));
  }

  detach(handle: number): void {
    this.write(frames.detach({ handle, closed: true }));
  }

  private write(frame: object): void {
    (this.session as unknown as { output(frame: object): void }).output(frame);
  }
}

async function noting(): Promise<{ hub: Hub; notes: string[]; connection: Connection }> {
  const notes: string[] = [];
  const hub = await testHub({ onNote: (sentence) => notes.push(sentence) });
  return { hub, notes, connection: await connected(hub) };
}

it('distinguishes links of one name by their direction', async () => {
  const { hub, notes, connection } = await noting();
  const session = await BareSession.open(connection);
  session.attach('$management', 0, false, '$management');
  session.attach('$management', 1, true, '$management');
  session.attach('reader', 2, true, RECEIVE_FROM);
  session.attach('reader', 3, false, ENTITY);
  await until(() => session.attached.length === 4);
  expect(session.attached.map(({ name, role }) => [name, role])).toEqual([
    ['$management', true],
    ['$management', false],
    ['reader', false],
    ['reader', true],
  ]);
  expect(session.detached).toEqual([]);
  expect(notes).toEqual([]);
  expect(hub.stats().brokenConnections).toBe(0);
});

it('detaches only the link whose name and direction another one takes, and says so', async () => {
  const { hub, notes, connection } = await noting();
  const session = await BareSession.open(connection);
  session.attach('to-retail', 0, false, ENTITY);
  session.attach('reader', 1, true, RECEIVE_FROM);
  await until(() => session.attached.length === 2);
  session.attach('to-retail', 2, false, ENTITY);
  await until(() => session.detached.length === 1);
  const [{ handle, error }] = session.detached;
  expect(handle).toBe(session.attached[0].handle);
  expect(error).toMatchObject({
    condition: 'amqp:link:stolen',
    description: expect.stringContaining("A link named 'to-retail' was attached again"),
  });
  expect(notes).toEqual([
    expect.stringMatching(/^The client at .* attaches a link named "to-retail" again/),
  ]);
  // Two of one name at once would confuse the client: the new one waits until the older is gone.
  expect(session.attached.length).toBe(2);
  session.detach(0);
  await until(() => session.attached.length === 3);
  expect(session.attached[2]).toMatchObject({ name: 'to-retail', role: true });
  // A name and a handle are free again as soon as their link is detached.
  session.detach(2);
  session.attach('to-retail', 2, false, ENTITY);
  await until(() => session.attached.length === 4);
  expect(session.detached.map((frame) => frame.error?.condition)).toEqual([
    'amqp:link:stolen',
    undefined,
  ]);
  expect(hub.stats()).toMatchObject({ connections: 1, brokenConnections: 0 });
});

it('survives a link that is closed while it waits for its name', async () => {
  const { hub, connection } = await noting();
  const session = await BareSession.open(connection);
  for (const handle of [0, 1, 2]) session.attach('x', handle, true, RECEIVE_FROM);
  session.detach(1);
  session.detach(0);
  await until(() => session.attached.length === 3);
  session.detach(2);
  await until(() => session.detached.length === 3);
  expect(hub.stats()).toMatchObject({ connections: 1, brokenConnections: 0 });
});

it('ends the session in which a handle is used twice, and says so', async () => {
  const { notes, connection } = await noting();
  const session = await BareSession.open(connection);
  session.attach('one', 0, false, ENTITY);
  session.attach('other', 0, false, ENTITY);
  await until(() => session.ended.length === 1);
  expect(session.ended[0].error?.condition).toBe('amqp:session:handle-in-use');
  expect(notes).toEqual([expect.stringContaining('attaches "other" with the handle')]);
});

it('accepts detaches of links after their session has ended', async () => {
  const { hub, notes, connection } = await noting();
  const session = await BareSession.open(connection);
  session.attach('one', 0, false, ENTITY);
  await until(() => session.attached.length === 1);
  session.end();
  await until(() => session.ended.length === 1);
  session.detach(0);
  session.end();
  const sender = connection.open_sender(ENTITY);
  await once(sender, 'sendable');
  expect(notes).toEqual([]);
  expect(hub.stats().brokenConnections).toBe(0);
});

it('says why a connection is cut', async () => {
  const { hub, notes, connection } = await noting();
  const session = await BareSession.open(connection);
  session.detach(7);
  await until(() => hub.stats().brokenConnections === 1);
  expect(notes).toEqual([expect.stringContaining('loses its connection: Invalid handle 7')]);
});

/** A receiver that asks for at-least-once and settles by hand. */
function settling(connection: Connection, credit: number, options: object = {}) {
  const received: EventContext[] = [];
  const receiver: Receiver = connection.open_receiver({
    source: RECEIVE_FROM,
    snd_settle_mode: 0,
    autoaccept: false,
    autosettle: false,
    credit_window: 0,
    ...options,
  });
  receiver.on('message', (context: EventContext) => received.push(context));
  receiver.add_credit(credit);
  const numbers = () =>
    received.map(({ message }) => Number(message?.body.content ?? message?.body));
  return { receiver, received, numbers };
}

async function filled(count: number): Promise<{ hub: Hub; connection: Connection }> {
  const hub = await testHub();
  const producer = testProducer(hub);
  for (let from = 0; from < count; from += 1_000) {
    await send(
      producer,
      Array.from({ length: Math.min(1_000, count - from) }, (_, n) => from + n),
    );
  }
  return { hub, connection: await connected(hub) };
}

it('serves a receiver unsettled on request, and settled otherwise', async () => {
  const { connection } = await filled(3);
  const unsettled = settling(connection, 3);
  const mixed = settling(connection, 3, { snd_settle_mode: 2 });
  await until(() => unsettled.received.length === 3 && mixed.received.length === 3);
  expect(unsettled.receiver.snd_settle_mode).toBe(0);
  expect(unsettled.received.map(({ delivery }) => delivery!.remote_settled)).toEqual(
    Array(3).fill(false),
  );
  expect(mixed.receiver.snd_settle_mode).toBe(1);
  expect(mixed.received.map(({ delivery }) => delivery!.remote_settled)).toEqual(
    Array(3).fill(true),
  );
});

it('sends again what a receiver gives back, and nothing else', async () => {
  const { connection } = await filled(6);
  const { receiver, received, numbers } = settling(connection, 6);
  await until(() => received.length === 6);
  const outcomes = [
    () => received[0].delivery!.accept(),
    () => received[1].delivery!.release(),
    () => received[2].delivery!.reject(),
    () => received[3].delivery!.modified({ undeliverable_here: true }),
    () => received[4].delivery!.modified({ delivery_failed: true }),
  ];
  for (const tell of outcomes) {
    tell();
    // The library joins the outcomes of one turn by what the first of them says.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  receiver.add_credit(10);
  await until(() => received.length === 8);
  expect(numbers()).toEqual([0, 1, 2, 3, 4, 5, 1, 4]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(received.length).toBe(8);
});

it('gives what was not settled to the next receiver that begins there', async () => {
  const { hub, connection } = await filled(5);
  const first = settling(connection, 5);
  await until(() => first.received.length === 5);
  first.received[0].delivery!.accept();
  first.receiver.close();
  await once(first.receiver, 'receiver_close');
  const { offset } = hub.partition(ENTITY, 0)[0];
  const second = settling(connection, 5, {
    source: {
      address: RECEIVE_FROM,
      filter: {
        'apache.org:selector-filter:string': rhea.types.wrap_described(
          `amqp.annotation.x-opt-offset > '${offset}'`,
          0x468c00000004,
        ),
      },
    },
  });
  await until(() => second.received.length === 4);
  expect(second.numbers()).toEqual([1, 2, 3, 4]);
});

it('sends all events to a receiver that never settles, and to others of its session', async () => {
  const { hub } = await filled(9_000);
  // The client's own window must not be what holds it up.
  const connection = await connected(hub, { session_buffer_size: 20_000 });
  const idle = settling(connection, 9_000);
  const busy = connection.open_receiver({ source: RECEIVE_FROM, credit_window: 500 });
  let count = 0;
  busy.on('message', () => {
    count++;
  });
  await until(() => count === 9_000 && idle.received.length === 9_000, 60_000);
  expect(idle.numbers()).toEqual(Array.from({ length: 9_000 }, (_, n) => n));
});

it('sends no more than 5,000 unsettled events to a receiver that settles', async () => {
  const { hub } = await filled(6_000);
  const connection = await connected(hub, { session_buffer_size: 20_000 });
  const { receiver, received } = settling(connection, 1);
  await until(() => received.length === 1);
  received[0].delivery!.accept();
  await new Promise((resolve) => setTimeout(resolve, 50));
  receiver.add_credit(6_000);
  await until(() => received.length === 5_001, 60_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received.length).toBe(5_001);
  received[1].delivery!.accept();
  await until(() => received.length === 5_002);
});

it('sends all events to a receiver that settles each one', async () => {
  const { connection } = await filled(12_000);
  let count = 0;
  const receiver = connection.open_receiver({
    source: RECEIVE_FROM,
    snd_settle_mode: 0,
    credit_window: 3_000,
  });
  receiver.on('message', () => {
    count++;
  });
  await until(() => count === 12_000);
});

it('accepts a sender that does not wait for credit, without output on the console', async () => {
  const { hub, connection } = await noting();
  const printed: unknown[] = [];
  const { error } = console;
  console.error = (...words: unknown[]) => printed.push(words);
  onTestFinished(() => {
    console.error = error;
  });
  const { message } = rhea;
  const sender = connection.open_sender({ target: ENTITY, autosettle: true });
  await once(sender, 'sendable');
  let accepted = 0;
  sender.on('accepted', () => {
    accepted++;
  });
  for (let n = 0; n < 700; n++) {
    // As Microsoft's Python client does when it has spent what it was given.
    Object.assign(sender, { credit: 1_000 });
    sender.send(message.encode({ body: message.data_section(json(n)) }), undefined, 0);
  }
  await until(() => accepted === 700);
  expect(hub.stats().incomingEvents).toBe(700);
  expect(printed).toEqual([]);
});
