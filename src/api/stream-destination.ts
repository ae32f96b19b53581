/** Where the next stream goes, as far as it can be told without connecting. */
import { connectionAtHand } from '../stream/credentials.ts';
import { connectionName } from '../sinks/event-hubs/connection.ts';
import type { Config } from '../world/config.ts';
import { worldProblem } from './problem.ts';

export interface Destination {
  /** `local`: a hub is started for the time of the stream. `faulty`: starting would fail. */
  readonly status: 'configured' | 'local' | 'faulty';
  /** In words, without secrets. */
  readonly detail: string;
}

export function streamDestination(config: Config): Destination {
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
    if (!(error instanceof Error)) throw error;
    return { status: 'faulty', detail: worldProblem(error.message).detail };
  }
  return {
    status: 'local',
    detail: `Event hub "${config.stream.hub}" of a hub that starts on this machine with the stream, and ends with it.`,
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
