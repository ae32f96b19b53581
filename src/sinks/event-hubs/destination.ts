/** Where the next stream into an event hub goes, as far as it can be told without connecting. */
import { reasonOf } from '../../domain/errors.ts';
import type { Config } from '../../world/config.ts';
import type { Destination } from '../stream-sink-kind.ts';
import { connectionName } from './connection.ts';
import { parseConnectionString } from './connection-string.ts';
import { connectionAtHand } from './credentials.ts';

export function eventHubsDestination(config: Config): Destination {
  const { use_keyvault, keyvault_url } = config.realtime;
  if (use_keyvault) {
    const detail = `The event hub that a secret in Key Vault ${keyvault_url ?? '(without a URL)'} names.`;
    return { status: 'configured', detail };
  }
  try {
    const found = connectionAtHand(config);
    if (found !== undefined) {
      return {
        status: 'configured',
        detail: `${sentence(connectionName(found))}, by ${found.origin}.`,
      };
    }
  } catch (error) {
    return { status: 'faulty', detail: reasonOf(error) };
  }
  return {
    status: 'local',
    detail: `Event hub "${config.stream.hub}" of a hub that starts on this machine with the stream, and ends with it.`,
  };
}

/** The event hub that events go to if the environment names no other. */
export function eventHubName({ realtime, stream }: Config): string {
  try {
    const { entity } = parseConnectionString(realtime.azure_connection_string, 'the config');
    return entity ?? stream.hub;
  } catch {
    // Starting a stream tells what is wrong with it.
    return stream.hub;
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
