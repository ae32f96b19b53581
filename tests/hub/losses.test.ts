/** Readers that are slower than retention: lost events are counted and reported. */
import { once } from 'node:events';
import rhea from 'rhea';
import { expect, it, onTestFinished } from 'vitest';
import { Notes } from '../../src/hub/notes.ts';
import {
  ENTITY,
  EARLIEST,
  receive,
  send,
  testConsumer,
  testHub,
  testProducer,
  until,
} from './clients.ts';

const text = 'x'.repeat(900);

async function small() {
  const notes: string[] = [];
  const hub = await testHub({
    retentionBytes: 20_000,
    healthPort: 0,
    onNote: (sentence) => notes.push(sentence),
  });
  const producer = testProducer(hub);
  const fill = async (count: number) => {
    for (let n = 0; n < count; n++) await send(producer, [{ n, text }]);
  };
  const at = async (path: string) =>
    (await fetch(`http://127.0.0.1:${hub.healthPort}${path}`)).json() as Promise<unknown>;
  return { hub, notes, fill, at };
}

const loss = (events: number) => ({ entity: ENTITY, partition: 0, consumerGroup: 'tail', events });

it('counts the events that a reader without credit loses, by partition and consumer group', async () => {
  const { hub, notes, fill, at } = await small();
  expect(await at('/health')).toEqual({ status: 'healthy' });
  const connection = rhea
    .create_container()
    .connect({ host: '127.0.0.1', port: hub.port, username: 'anyone', reconnect: false });
  onTestFinished(() => void connection.close());
  const receiver = connection.open_receiver({
    source: `${ENTITY}/ConsumerGroups/tail/Partitions/0`,
    credit_window: 0,
  });
  await once(receiver, 'receiver_open');
  let received = 0;
  receiver.on('message', () => {
    received++;
  });
  for (let round = 1; round <= 2; round++) {
    await fill(50);
    receiver.add_credit(1_000);
    await until(() => received + hub.stats().lostEvents === 50 * round);
    receiver.drain_credit();
    await once(receiver, 'receiver_drained');
    Object.assign(receiver, { drain: false });
  }
  const { lostEvents, losses } = hub.stats();
  expect(lostEvents).toBeGreaterThan(50);
  expect(losses).toEqual([loss(lostEvents)]);
  // Once a minute.
  expect(notes).toEqual([
    expect.stringMatching(
      /^Consumer group tail lost \d+ events of retail-events, partition 0 \(\d+ so far\)/,
    ),
  ]);
  expect(await at('/health')).toEqual({ status: 'healthy', lostEvents });
  expect(await at('/stats')).toMatchObject({ lostEvents, losses: [loss(lostEvents)] });
});

it('counts the events dropped while a reader was away, by number and by offset', async () => {
  const { hub, fill } = await small();
  await fill(10);
  const events = await receive(testConsumer(hub), 10, EARLIEST);
  const { offset, sequenceNumber } = events[9];
  await until(() => hub.stats().connections <= 2);
  await fill(50);
  const begin = hub.partition(ENTITY, 0)[0].sequenceNumber;
  const [next] = await receive(testConsumer(hub), 1, { offset });
  expect(next.sequenceNumber).toBe(begin);
  expect(hub.stats().losses).toEqual([loss(begin - 10)]);
  // Now it has been read as far as the end: nothing more is lost to an old offset.
  await receive(testConsumer(hub), 1, { offset });
  expect(hub.stats().lostEvents).toBe(begin - 10);
  await receive(testConsumer(hub, '$Default'), 1, { sequenceNumber });
  expect(hub.stats().losses[1]).toEqual({ ...loss(begin - 10), consumerGroup: '$Default' });
  // Who asks for the oldest event, or none of the old ones, has lost nothing.
  await receive(testConsumer(hub, '$Default'), 1, EARLIEST);
  expect(hub.stats().lostEvents).toBe(2 * (begin - 10));
});

it('gives the same note at most once a minute, with the number of suppressed ones', () => {
  let nowMs = 0;
  const said: string[] = [];
  const notes = new Notes(
    (sentence) => said.push(sentence),
    () => nowMs,
  );
  for (const about of ['a', 'a', 'b', 'a']) notes.say(about, `${about} at ${nowMs}.`);
  nowMs = 59_999;
  notes.say('a', 'never');
  nowMs = 60_000;
  for (const about of ['a', 'b']) notes.say(about, `${about} again.`);
  expect(said).toEqual([
    'a at 0.',
    'b at 0.',
    'a again. (and 3 times since the last note)',
    'b again.',
  ]);
});
