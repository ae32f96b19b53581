/** The state of each live disruption of a world at an instant. */
import type { LiveCommand, LiveDisruption } from '../../domain/live-disruption.ts';

export type LiveState = 'planned' | 'active' | 'over' | 'cancelled';

export interface LiveStanding extends LiveDisruption {
  /** When it was created, simulated time, epoch ms. */
  readonly createdMs: number;
  /** When it was cancelled before its end, epoch ms; otherwise null. */
  readonly cancelledMs: number | null;
  readonly state: LiveState;
}

/** Returns all disruptions that commands have created, by number, with their states at `nowMs`. */
export function standingOf(commands: readonly LiveCommand[], nowMs: number): LiveStanding[] {
  const cancelled = new Map<number, number>();
  for (const command of commands) {
    if (command.kind !== 'cancel') continue;
    for (const number of command.numbers) {
      if (!cancelled.has(number)) cancelled.set(number, command.atMs);
    }
  }
  return commands.flatMap((command): LiveStanding[] => {
    if (command.kind === 'cancel') return [];
    const { disruption, atMs: createdMs } = command;
    const asked = cancelled.get(disruption.number);
    const cancelledMs = asked !== undefined && asked < disruption.endMs ? asked : null;
    return [
      { ...disruption, createdMs, cancelledMs, state: stateOf(disruption, cancelledMs, nowMs) },
    ];
  });
}

function stateOf(
  { startMs, endMs }: LiveDisruption,
  cancelledMs: number | null,
  nowMs: number,
): LiveState {
  if (cancelledMs !== null && cancelledMs <= nowMs) return 'cancelled';
  if (endMs <= nowMs) return 'over';
  return startMs <= nowMs ? 'active' : 'planned';
}
