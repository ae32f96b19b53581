/** The Config.json of the official emulator, as it is, and what is said of a damaged one. */
import { expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { entitiesOfEmulatorConfig } from '../../src/hub/emulator-config.ts';
import { receive, send, testConsumer, testHub, testProducer, EARLIEST } from './clients.ts';

const config = (...entities: unknown[]) => ({
  UserConfig: {
    NamespaceConfig: [{ Type: 'EventHub', Name: 'emulatorNs1', Entities: entities }],
    LoggingConfig: { Type: 'File' },
  },
});

it('names the event hubs, their partitions and consumer groups', async () => {
  const entities = entitiesOfEmulatorConfig(
    config(
      { Name: 'eh1', PartitionCount: '2', ConsumerGroups: [{ Name: 'cg1' }, { Name: '$Default' }] },
      { Name: 'eh2', PartitionCount: 5 },
    ),
    'Config.json',
  );
  expect(entities).toEqual([
    { name: 'eh1', partitionCount: 2, consumerGroups: ['cg1', '$Default'] },
    { name: 'eh2', partitionCount: 5, consumerGroups: [] },
  ]);
  const hub = await testHub({ entities });
  const producer = testProducer(hub, 'eh2');
  expect(await producer.getPartitionIds()).toEqual(['0', '1', '2', '3', '4']);
  await send(testProducer(hub, 'eh1'), ['x'], { partitionId: '1' });
  const options = { partition: '1' };
  expect(await receive(testConsumer(hub, 'cg1', 'eh1'), 1, EARLIEST, options)).toHaveLength(1);
});

it.each([
  ['nothing', null, 'the file is null: expected an object with UserConfig'],
  ['another file', { a: 1 }, 'UserConfig is missing: expected an object with NamespaceConfig'],
  ['no namespace', { UserConfig: { NamespaceConfig: [] } }, 'has 0 namespaces, expected one'],
  [
    'another service',
    { UserConfig: { NamespaceConfig: [{ Type: 'ServiceBus', Entities: [] }] } },
    'UserConfig.NamespaceConfig.0.Type is "ServiceBus": expected "EventHub"',
  ],
  [
    'a count that is none',
    config({ Name: 'a', PartitionCount: 'two' }),
    'Entities.0.PartitionCount is "two": expected a whole number',
  ],
  ['no name', config({ PartitionCount: 1 }), 'Entities.0.Name is missing: expected a name'],
  [
    'a nameless group',
    config({ Name: 'a', PartitionCount: 1, ConsumerGroups: ['cg1'] }),
    'ConsumerGroups.0 is "cg1": expected a consumer group with its Name',
  ],
  ['too many partitions', config({ Name: 'a', PartitionCount: 4096 }), '4096 partitions for "a"'],
  ['no event hubs', config(), 'no event hubs, expected at least one'],
])('refuses %s', (_, raw, expected) => {
  const read = () => entitiesOfEmulatorConfig(raw, 'Config.json');
  expect(read).toThrow(InputError);
  expect(read).toThrow('Cannot use Config.json');
  expect(read).toThrow(expected);
});
