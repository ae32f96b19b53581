/** Position of the sun, and so how dark it is at a place. */
import { DAY_MS } from '../../domain/format.ts';

const RADIANS = Math.PI / 180;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
/** It is fully dark when the sun is this far below the horizon. */
const DARKEST_DEGREES = 13;

/** Longitude and latitude of the point below the sun, in degrees; accurate to a fraction of a degree. */
export function belowSun(atMs: number): [lon: number, lat: number] {
  const days = (atMs - J2000_MS) / DAY_MS;
  const anomaly = RADIANS * (357.529 + 0.98560028 * days);
  const meanLon = 280.459 + 0.98564736 * days;
  const eclipticLon =
    RADIANS * (meanLon + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly));
  const tilt = RADIANS * 23.439;
  const ascension =
    Math.atan2(Math.cos(tilt) * Math.sin(eclipticLon), Math.cos(eclipticLon)) / RADIANS;
  const lat = Math.asin(Math.sin(tilt) * Math.sin(eclipticLon)) / RADIANS;
  const greenwich = 280.46062 + 360.985647366 * days;
  return [turned(ascension - greenwich), lat];
}

/** Wraps into -180…180. */
function turned(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** 0 by day, 1 at night, in between at dusk and dawn. */
export function darkness(lon: number, lat: number, sun: readonly [number, number]): number {
  const [sunLon, sunLat] = sun;
  const height = Math.asin(
    Math.sin(lat * RADIANS) * Math.sin(sunLat * RADIANS) +
      Math.cos(lat * RADIANS) * Math.cos(sunLat * RADIANS) * Math.cos((lon - sunLon) * RADIANS),
  );
  const share = Math.min(1, Math.max(0, (4 - height / RADIANS) / DARKEST_DEGREES));
  return share * share * (3 - 2 * share);
}
