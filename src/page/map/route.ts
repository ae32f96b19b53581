/** A truck's trip on the screen: slightly curved, so that both directions are side by side. */

export interface Curve {
  readonly fromX: number;
  readonly fromY: number;
  /** Control point of the quadratic curve. */
  readonly bendX: number;
  readonly bendY: number;
  readonly toX: number;
  readonly toY: number;
}

/** Height of the curve as a part of the distance. */
const BOW = 0.14;

export function curveBetween(
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
): Curve {
  return {
    fromX,
    fromY,
    // To the right of the direction of travel, as on the road.
    bendX: (fromX + toX) / 2 - (toY - fromY) * BOW,
    bendY: (fromY + toY) / 2 + (toX - fromX) * BOW,
    toX,
    toY,
  };
}

export function pointAt({ fromX, fromY, bendX, bendY, toX, toY }: Curve, share: number) {
  const rest = 1 - share;
  return {
    x: rest * rest * fromX + 2 * rest * share * bendX + share * share * toX,
    y: rest * rest * fromY + 2 * rest * share * bendY + share * share * toY,
  };
}

/** Direction of travel, in radians. */
export function headingAt(curve: Curve, share: number): number {
  const { fromX, fromY, bendX, bendY, toX, toY } = curve;
  const rest = 1 - share;
  const dx = rest * (bendX - fromX) + share * (toX - bendX);
  const dy = rest * (bendY - fromY) + share * (toY - bendY);
  return Math.atan2(dy, dx);
}
