/** The destination of the next stream to an event hub, found without connecting. */
import { reasonOf } from '../../domain/errors.ts';
import type { Config } from '../../world/config.ts';
import type { Destination } from '../stream-sink-kind.ts';
import { connectionName } from './connection.ts';
import { parseConnectionString } from './connection-string.ts';
import { connectionAtHand } from './credentials.ts';

export function eventHubsDestination(config: Config): Destination {
  const { use_keyvault, keyvault_url } = config.realtime;
  if (use_keyvault) {
    const detail = `The event hub of the secret in Key Vault ${keyvault_url ?? '(without a URL)'}.`;
    return { status: 'configured', detail };
  }
  try {
    const found = connectionAtHand(config);
    if (found !== undefined) {
      return {
        status: 'configured',
        detail: `${sentence(connectionName(found))}, from ${found.origin}.`,
      };
    }
  } catch (error) {
    return { status: 'faulty', detail: reasonOf(error) };
  }
  return {
    status: 'local',
    detail: `Event hub "${config.stream.hub}" of a hub on this machine that starts and stops with the stream.`,
  };
}

/** Returns the event hub to which events go if the environment names no other. */
export function eventHubName({ realtime, stream }: Config): string {
  try {
    const { entity } = parseConnectionString(realtime.azure_connection_string, 'the config');
    return entity ?? stream.hub;
  } catch {
    // Starting a stream reports what is wrong with the connection string.
    return stream.hub;
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
