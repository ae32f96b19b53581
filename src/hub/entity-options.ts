/** The options of an event hub, within the names and sizes that Event Hubs allows. */
import { InputError } from '../domain/errors.ts';

/** An event hub. */
export interface EntityOptions {
  /** As clients name it. */
  readonly name: string;
  /** How many partitions it has; fixed once it is made. */
  readonly partitionCount: number;
  /** Besides `$Default`, which every event hub has. */
  readonly consumerGroups: readonly string[];
}

const NAME = /^[A-Za-z0-9](?:[\w.-]{0,254}[A-Za-z0-9])?$/;
const GROUP = /^(?:\$Default|[A-Za-z0-9](?:[\w.-]{0,48}[A-Za-z0-9])?)$/i;
const MAX_PARTITIONS = 1024;

/** Checks event hubs before they are created. Throws InputError. */
export function checkEntities(entities: readonly EntityOptions[]): readonly EntityOptions[] {
  if (entities.length === 0) throw fault('no event hubs', 'at least one');
  entities.forEach(({ name, partitionCount, consumerGroups }, index) => {
    if (!NAME.test(name)) {
      throw fault(
        `the name "${name}"`,
        'letters, digits, ".", "-" and "_", a letter or digit first and last',
      );
    }
    if (entities.slice(0, index).some((other) => sameName(other.name, name))) {
      throw fault(`two event hubs named "${name}"`, 'each name once, regardless of case');
    }
    if (
      !Number.isInteger(partitionCount) ||
      partitionCount < 1 ||
      partitionCount > MAX_PARTITIONS
    ) {
      throw fault(
        `${partitionCount} partitions for "${name}"`,
        `a whole number from 1 to ${MAX_PARTITIONS}`,
      );
    }
    const bad = consumerGroups.find((group) => !GROUP.test(group));
    if (bad !== undefined) {
      throw fault(
        `the consumer group "${bad}" of "${name}"`,
        'up to 50 letters, digits, ".", "-" and "_", a letter or digit first and last',
      );
    }
  });
  return entities;
}

function fault(found: string, expected: string): InputError {
  return new InputError(`Cannot make event hubs: found ${found}, expected ${expected}`);
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
