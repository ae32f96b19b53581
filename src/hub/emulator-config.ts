/** Reads the event hubs in the Config.json of the official emulator. */
import { z } from 'zod';
import { InputError } from '../domain/errors.ts';
import type { EntityOptions } from './entity-options.ts';
import { checkEntities } from './entity-options.ts';

const PARTITION_COUNT = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)], {
  error: 'a whole number, as a number or as text',
});
const NAME = z.string({ error: 'a name as text' });
const ENTITY = z.object(
  {
    Name: NAME,
    PartitionCount: PARTITION_COUNT,
    ConsumerGroups: z
      .array(z.object({ Name: NAME }, { error: 'a consumer group with its Name' }), {
        error: 'a list of consumer groups',
      })
      .nullish(),
  },
  { error: 'an event hub with Name, PartitionCount and ConsumerGroups' },
);
const NAMESPACE = z.object(
  {
    Type: z.string({ error: '"EventHub"' }).regex(/^eventhubs?$/i, { error: '"EventHub"' }),
    Name: NAME.optional(),
    Entities: z.array(ENTITY, { error: 'a list of event hubs' }),
  },
  { error: 'a namespace with Type and Entities' },
);
const CONFIG = z.object(
  {
    UserConfig: z.object(
      { NamespaceConfig: z.array(NAMESPACE, { error: 'a list of namespaces' }) },
      { error: 'an object with NamespaceConfig' },
    ),
  },
  { error: 'an object with UserConfig' },
);

/**
 * Returns the event hubs of a parsed Config.json.
 * @param origin path of the file, for messages
 * @throws InputError listing everything that is wrong, one problem per line
 */
export function entitiesOfEmulatorConfig(raw: unknown, origin: string): readonly EntityOptions[] {
  const parsed = CONFIG.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const found = JSON.stringify(valueAt(raw, path)) ?? 'missing';
      return `${path.join('.') || 'the file'} is ${shortened(found)}: expected ${message}`;
    });
    throw new InputError(`Cannot use ${origin}:\n  ${problems.join('\n  ')}`);
  }
  const namespaces = parsed.data.UserConfig.NamespaceConfig;
  if (namespaces.length !== 1) {
    throw new InputError(
      `Cannot use ${origin}: UserConfig.NamespaceConfig has ${namespaces.length} namespaces, expected one`,
    );
  }
  const entities = namespaces[0].Entities.map((entity) => ({
    name: entity.Name,
    partitionCount: entity.PartitionCount,
    consumerGroups: (entity.ConsumerGroups ?? []).map(({ Name }) => Name),
  }));
  try {
    return checkEntities(entities);
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(`Cannot use ${origin}: ${error.message}`)
      : error;
  }
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null)?.[key];
  return value;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
