/** Distances on the globe. */

/** A point on the globe, degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const EARTH_RADIUS_KM = 6371.0088;
const RADIANS = Math.PI / 180;
/** Length of a degree of latitude. */
const KM_PER_DEGREE = EARTH_RADIUS_KM * RADIANS;

/** Great-circle distance in km (haversine on the mean earth radius), rounded to the metre. */
export function greatCircleKm(a: Point, b: Point): number {
  const sinLatitude = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const sinLongitude = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const h =
    sinLatitude * sinLatitude +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * sinLongitude * sinLongitude;
  return roundTo(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h))), 1000);
}

/** Returns the point `northKm` and `eastKm` away (flat-earth approximation for short distances), to 5 decimals. */
export function displaced(from: Point, northKm: number, eastKm: number): Point {
  const kmPerLongitude = KM_PER_DEGREE * Math.cos(from.latitude * RADIANS);
  return {
    latitude: roundTo(from.latitude + northKm / KM_PER_DEGREE, 100_000),
    longitude: roundTo(from.longitude + eastKm / kmPerLongitude, 100_000),
  };
}

/** Returns the position of `to` relative to `from`: km north and east (flat-earth approximation), to the metre. */
export function offsetKm(from: Point, to: Point): { northKm: number; eastKm: number } {
  const kmPerLongitude = KM_PER_DEGREE * Math.cos(from.latitude * RADIANS);
  return {
    northKm: roundTo((to.latitude - from.latitude) * KM_PER_DEGREE, 1000),
    eastKm: roundTo((to.longitude - from.longitude) * kmPerLongitude, 1000),
  };
}

/** Returns the nearest of some points, the earlier one on a tie; undefined if there are none. */
export function nearestPoint<P extends Point>(from: Point, points: Iterable<P>): P | undefined {
  let best: P | undefined;
  let bestKm = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const km = greatCircleKm(from, point);
    if (km < bestKm) {
      best = point;
      bestKm = km;
    }
  }
  return best;
}

// Trigonometry may differ in the last bit between runtimes; rounding keeps worlds identical.
function roundTo(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
