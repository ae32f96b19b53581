/** Moves overlapping places apart, so that each can be seen and clicked. */

export interface Spot {
  /** Its real position, in pixels. */
  readonly x: number;
  readonly y: number;
  /** The radius that it needs. */
  readonly radius: number;
  /** Whether the others have to move instead of it. */
  readonly fixed: boolean;
}

const ROUNDS = 28;
const PULL_HOME = 0.06;
const GOLDEN_ANGLE = 2.399963;
/** Spots at exactly the same position start this far apart, so that there is a direction to move in. */
const NUDGE = 0.8;

/** Returns where each spot is drawn: always the same for the same spots. */
export function declutter(spots: readonly Spot[]): { x: number; y: number }[] {
  const placed = spots.map(({ x, y, fixed }, index) =>
    fixed
      ? { x, y }
      : {
          x: x + Math.cos(index * GOLDEN_ANGLE) * NUDGE,
          y: y + Math.sin(index * GOLDEN_ANGLE) * NUDGE,
        },
  );
  const byX = spots.map((_, index) => index);
  const widest = 2 * Math.max(0, ...spots.map(({ radius }) => radius));
  for (let round = 0; round < ROUNDS; round++) {
    byX.sort((a, b) => placed[a].x - placed[b].x);
    let moved = false;
    for (let i = 0; i < byX.length; i++) {
      const a = byX[i];
      for (let j = i + 1; j < byX.length; j++) {
        const b = byX[j];
        if (placed[b].x - placed[a].x > widest) break;
        if (pushApart(spots[a], placed[a], spots[b], placed[b])) moved = true;
      }
    }
    if (!moved) break;
    for (const [index, { x, y, fixed }] of spots.entries()) {
      if (fixed) continue;
      const at = placed[index];
      at.x += (x - at.x) * PULL_HOME;
      at.y += (y - at.y) * PULL_HOME;
    }
  }
  return placed;
}

function pushApart(
  a: Spot,
  atA: { x: number; y: number },
  b: Spot,
  atB: { x: number; y: number },
): boolean {
  const dx = atB.x - atA.x;
  const dy = atB.y - atA.y;
  const room = a.radius + b.radius;
  const squared = dx * dx + dy * dy;
  if (squared >= room * room || (a.fixed && b.fixed)) return false;
  const distance = Math.sqrt(squared) || 0.01;
  const push = (room - distance) / distance;
  const shareA = a.fixed ? 0 : b.fixed ? 1 : 0.5;
  atA.x -= dx * push * shareA;
  atA.y -= dy * push * shareA;
  atB.x += dx * push * (1 - shareA);
  atB.y += dy * push * (1 - shareA);
  return true;
}
