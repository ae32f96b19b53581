/** The state of each requested disruption of a world at an instant. */
import type { DisruptionCommand, RequestedDisruption } from '../../domain/requested-disruption.ts';

export type RequestedState = 'planned' | 'active' | 'over' | 'cancelled';

export interface RequestedStanding extends RequestedDisruption {
  /** When it was created, simulated time, epoch ms. */
  readonly createdMs: number;
  /** When it was cancelled before its end, epoch ms; otherwise null. */
  readonly cancelledMs: number | null;
  readonly state: RequestedState;
}

/** Returns all disruptions that commands have created, by number, with their states at `nowMs`. */
export function standingOf(
  commands: readonly DisruptionCommand[],
  nowMs: number,
): RequestedStanding[] {
  const cancelled = new Map<number, number>();
  for (const command of commands) {
    if (command.kind !== 'cancel') continue;
    for (const number of command.numbers) {
      if (!cancelled.has(number)) cancelled.set(number, command.atMs);
    }
  }
  return commands.flatMap((command): RequestedStanding[] => {
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
  { startMs, endMs }: RequestedDisruption,
  cancelledMs: number | null,
  nowMs: number,
): RequestedState {
  if (cancelledMs !== null && cancelledMs <= nowMs) return 'cancelled';
  if (endMs <= nowMs) return 'over';
  return startMs <= nowMs ? 'active' : 'planned';
}
