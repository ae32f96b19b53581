/** Requested disruptions as text and as JSON. */
import { formatRequestedId } from '../domain/requested-disruption.ts';
import { formatInstant } from '../engine/time.ts';
import { formatTarget } from '../run/disruptions/request.ts';
import type { RequestedStanding } from '../run/disruptions/standing.ts';

/** Returns one line: id, state, type, target, start and end. */
export function disruptionLine(disruption: RequestedStanding): string {
  const { number, state, type, target, severityPercent, startMs, endMs, cancelledMs } = disruption;
  const end = cancelledMs === null ? '' : `, cancelled ${formatInstant(cancelledMs)}`;
  return (
    `${formatRequestedId(number).padEnd(4)} ${state.padEnd(9)} ${type} of ${formatTarget(target)}, ` +
    `severity ${severityPercent / 100}, ${formatInstant(startMs)} to ${formatInstant(endMs)}${end}`
  );
}

/** Returns the same as JSON. */
export function standingJson(disruption: RequestedStanding) {
  const { number, type, target, severityPercent, description, state } = disruption;
  const { createdMs, startMs, endMs, cancelledMs } = disruption;
  return {
    id: formatRequestedId(number),
    type,
    target,
    severity: severityPercent / 100,
    description,
    state,
    created: formatInstant(createdMs),
    start: formatInstant(startMs),
    end: formatInstant(endMs),
    cancelled: cancelledMs === null ? null : formatInstant(cancelledMs),
  };
}
