/** Clients in plain AMQP that do what Microsoft's JavaScript client never does. */
import { type EventEmitter, once } from 'node:events';
import rhea, { type Connection, type EventContext, type Receiver, type Sender } from 'rhea';
import { expect, it } from 'vitest';
import { BATCH_FORMAT } from '../../src/hub/batch.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { ENTITY, json, stored, testHub, until } from './clients.ts';
import { connected } from './raw-client.ts';

const { message } = rhea;
const SEND_TO = `${ENTITY}/Partitions/0`;
const RECEIVE_FROM = `${ENTITY}/ConsumerGroups/tail/Partitions/0`;
const FILTER = 'apache.org:selector-filter:string';

async function sendable(connection: Connection, target = SEND_TO): Promise<Sender> {
  const sender = connection.open_sender({ target, autosettle: true });
  await once(sender, 'sendable');
  return sender;
}

const batch = (...bodies: unknown[]) =>
  message.encode({
    body: message.data_sections(
      bodies.map((body) => message.encode({ body: message.data_section(json(body)) })),
    ),
  });

async function fill(hub: Hub, count: number): Promise<void> {
  const sender = await sendable(await connected(hub));
  for (let n = 0; n < count; n += 500) {
    sender.send(batch(...Array.from({ length: 500 }, (_, k) => n + k)), undefined, BATCH_FORMAT);
    await once(sender, 'accepted');
  }
}

it('accepts single messages, and delivers them unchanged', async () => {
  const hub = await testHub();
  const sender = await sendable(await connected(hub), ENTITY.toUpperCase());
  sender.send({ body: { a: 1 }, application_properties: { n: 1 }, message_id: 'm' });
  await once(sender, 'accepted');
  const receiver = (await connected(hub)).open_receiver(RECEIVE_FROM);
  const [context] = await once(receiver, 'message');
  expect(context.message).toMatchObject({
    body: { a: 1 },
    application_properties: { n: 1 },
    message_id: 'm',
    message_annotations: { 'x-opt-sequence-number': 0, 'x-opt-offset': '0' },
  });
});

it('writes every field of every frame', async () => {
  const hub = await testHub();
  const connection = await connected(hub);
  const widths: Record<string, Set<number>> = {};
  const watch = (target: object, names: readonly string[]) => {
    for (const name of names) {
      const handler = Reflect.get(target, name);
      Reflect.set(target, name, (frame: { performative: { value: unknown[] } }) => {
        widths[name] ??= new Set();
        widths[name].add(frame.performative.value.length);
        return handler.call(target, frame);
      });
    }
  };
  const session = connection.create_session();
  watch(connection, ['on_begin', 'on_close']);
  watch(session, ['on_attach', 'on_flow', 'on_transfer', 'on_disposition', 'on_detach', 'on_end']);
  session.begin();
  const sender = session.open_sender(SEND_TO);
  const receiver = session.open_receiver(RECEIVE_FROM);
  await once(sender, 'sendable');
  sender.send({ body: 1 });
  await once(receiver, 'message');
  sender.close();
  await once(sender, 'sender_close');
  session.close();
  await once(session, 'session_close');
  connection.close();
  await once(connection, 'connection_close');
  const found = Object.entries(widths).map(([name, counts]) => [name, [...counts]]);
  expect(Object.fromEntries(found)).toEqual({
    on_begin: [8],
    on_attach: [14],
    on_flow: [11],
    on_transfer: [11],
    on_disposition: [6],
    on_detach: [3],
    on_end: [1],
    on_close: [1],
  });
  expect(connection.remote.open.value).toHaveLength(10);
});

it('answers at the requested node, and is not blocked by answers that are never settled', async () => {
  const hub = await testHub();
  await fill(hub, 5_000);
  // This client would be held up by its own unsettled messages, were its window not larger.
  const connection = await connected(hub, { session_buffer_size: 8_000 });
  // Everything in one session, and nobody names the link for the answer.
  const answers: Record<string, unknown[]> = { $cbs: [], $management: [] };
  for (const node of ['$cbs', '$management']) {
    const replies = connection.open_receiver({ source: node, autoaccept: false });
    replies.on('message', ({ message: answer }: EventContext) => {
      answers[node].push(answer?.application_properties?.['status-code']);
    });
    await once(replies, 'receiver_open');
    const request = await sendable(connection, node);
    const asked = { operation: 'READ', type: 'com.microsoft:eventhub', name: ENTITY };
    request.send({ message_id: node, application_properties: asked, body: '' });
  }
  await until(() => answers.$management.length === 1);
  expect(answers).toEqual({ $cbs: [202], $management: [200] });
  const receiver = connection.open_receiver({ source: RECEIVE_FROM, credit_window: 100 });
  let count = 0;
  receiver.on('message', () => {
    count++;
  });
  await until(() => count === 5_000);
});

it('sends no more than the credit, and continues when the window opens', async () => {
  const hub = await testHub();
  await fill(hub, 2_000);
  const connection = await connected(hub, { session_buffer_size: 20 });
  const receiver = connection.open_receiver({
    source: RECEIVE_FROM,
    credit_window: 0,
    autoaccept: false,
  });
  const waiting: { accept(): void }[] = [];
  let count = 0;
  receiver.on('message', ({ delivery }: EventContext) => {
    count++;
    waiting.push(delivery!);
  });
  receiver.add_credit(100);
  await until(() => count === 20);
  // More flows, no more credit.
  for (let n = 0; n < 5; n++) {
    waiting.pop()?.accept();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(hub.stats().outgoingEvents).toBe(100);
  while (count < 100) {
    for (const delivery of waiting.splice(0)) delivery.accept();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(count).toBe(100);
});

it('returns credit when a receiver drains', async () => {
  const hub = await testHub();
  await fill(hub, 500);
  const connection = await connected(hub);
  const receiver: Receiver = connection.open_receiver({ source: RECEIVE_FROM, credit_window: 0 });
  let count = 0;
  receiver.on('message', () => {
    count++;
  });
  receiver.add_credit(700);
  receiver.drain_credit();
  await once(receiver, 'receiver_drained');
  expect(count).toBe(500);
  Object.assign(receiver, { drain: false });
  receiver.add_credit(3);
  const sender = await sendable(connection);
  sender.send(batch('a', 'b', 'c', 'd'), undefined, BATCH_FORMAT);
  await until(() => count === 503);
});

it.each(['drop-before-store', 'drop-after-store', 'detach'] as const)(
  'loses what is under way behind the batch that meets %s',
  async (kind) => {
    const hub = await testHub();
    const connection = await connected(hub);
    const sender = await sendable(connection);
    hub.faults.next({ kind });
    for (const n of [1, 2, 3]) sender.send(batch(n), undefined, BATCH_FORMAT);
    const ended =
      kind === 'detach' ? once(sender, 'sender_close') : once(connection, 'disconnected');
    await ended;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(stored(hub)).toEqual(kind === 'drop-after-store' ? [1] : []);
  },
);

it('distinguishes many answers in one turn', async () => {
  const hub = await testHub();
  const sender = await sendable(await connected(hub));
  const outcomes = new Map<string, string>();
  for (const outcome of ['accepted', 'rejected']) {
    sender.on(outcome, ({ delivery }: EventContext) => {
      outcomes.set(String(delivery!.tag), outcome);
    });
  }
  for (const [index, bytes] of [batch(1), Buffer.from('x'), batch(2), Buffer.alloc(0)].entries()) {
    sender.send(bytes, Buffer.from(String(index)), BATCH_FORMAT);
  }
  await until(() => outcomes.size === 4);
  expect(Object.fromEntries(outcomes)).toEqual({
    0: 'accepted',
    1: 'rejected',
    2: 'accepted',
    3: 'rejected',
  });
});

it.each([
  [SEND_TO.replace('0', '9'), RECEIVE_FROM, 'com.microsoft:argument-out-of-range', undefined],
  [SEND_TO, RECEIVE_FROM.replace('0', '8'), undefined, 'com.microsoft:argument-out-of-range'],
  [SEND_TO, `${ENTITY}/ConsumerGroups/tail`, undefined, 'amqp:not-found'],
  [RECEIVE_FROM, SEND_TO, 'amqp:not-found', 'amqp:not-found'],
])('refuses links that make no sense: to %s, from %s', async (target, source, to, from) => {
  const hub = await testHub();
  const connection = await connected(hub);
  const outcome = async (link: EventEmitter, opened: string, closed: string) => {
    const [context] = await Promise.race([once(link, opened), once(link, closed)]);
    const { error } = (context.sender ?? context.receiver) as { error?: { condition: string } };
    return error?.condition;
  };
  const sender = connection.open_sender(target);
  const receiver = connection.open_receiver(source);
  expect(await outcome(sender, 'sendable', 'sender_error')).toBe(to);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((receiver.error as { condition?: string } | undefined)?.condition).toBe(from);
});

it('refuses a filter that it does not understand', async () => {
  const hub = await testHub();
  const receiver = (await connected(hub)).open_receiver({
    source: {
      address: RECEIVE_FROM,
      filter: { [FILTER]: rhea.types.wrap_described('colour = blue', 0x468c00000004) },
    },
  });
  await once(receiver, 'receiver_error');
  expect(receiver.error).toMatchObject({ condition: 'com.microsoft:argument-error' });
});
