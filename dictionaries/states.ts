/** The fifty states as the places need them: public facts, coarse enough to be sure of. */

export type CensusRegion = 'Northeast' | 'Midwest' | 'South' | 'West';

/** Degrees: south, west, north, east. */
export type Box = readonly [south: number, west: number, north: number, east: number];

export interface State {
  readonly code: string;
  readonly region: CensusRegion;
  /** Residents in millions, about 2023; sets how many places the state gets and how large. */
  readonly populationM: number;
  /** First and last three-digit ZIP prefix of the state's main range. */
  readonly zipPrefixes: readonly [first: number, last: number];
  /** A box around the whole state. */
  readonly bounds: Box;
  /** The zone of most of the state; an area that differs says so. */
  readonly timeZone: string;
}

const EAST = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const PACIFIC = 'America/Los_Angeles';

/** All states in alphabetical order of their postal codes. */
export const STATES: readonly State[] = [
  state('AK', 'West', 0.73, [995, 999], [51, -180, 71.5, -129.9], 'America/Anchorage'),
  state('AL', 'South', 5.11, [350, 369], [30.1, -88.5, 35.1, -84.8], CENTRAL),
  state('AR', 'South', 3.07, [716, 729], [33, -94.7, 36.6, -89.6], CENTRAL),
  state('AZ', 'West', 7.43, [850, 865], [31.3, -114.9, 37.1, -109], 'America/Phoenix'),
  state('CA', 'West', 38.97, [900, 961], [32.5, -124.5, 42.1, -114.1], PACIFIC),
  state('CO', 'West', 5.88, [800, 816], [36.9, -109.1, 41.1, -102], MOUNTAIN),
  state('CT', 'Northeast', 3.62, [60, 69], [40.9, -73.8, 42.1, -71.7], EAST),
  state('DE', 'South', 1.03, [197, 199], [38.4, -75.8, 39.9, -75], EAST),
  state('FL', 'South', 22.61, [320, 349], [24.4, -87.7, 31.1, -79.9], EAST),
  state('GA', 'South', 11.03, [300, 319], [30.3, -85.7, 35.1, -80.8], EAST),
  state('HI', 'West', 1.44, [967, 968], [18.9, -160.3, 22.3, -154.8], 'Pacific/Honolulu'),
  state('IA', 'Midwest', 3.21, [500, 528], [40.3, -96.7, 43.6, -90.1], CENTRAL),
  state('ID', 'West', 1.96, [832, 838], [41.9, -117.3, 49.1, -111], 'America/Boise'),
  state('IL', 'Midwest', 12.55, [600, 629], [36.9, -91.6, 42.6, -87], CENTRAL),
  state(
    'IN',
    'Midwest',
    6.86,
    [460, 479],
    [37.7, -88.1, 41.8, -84.7],
    'America/Indiana/Indianapolis',
  ),
  state('KS', 'Midwest', 2.94, [660, 679], [36.9, -102.1, 40.1, -94.5], CENTRAL),
  state('KY', 'South', 4.53, [400, 427], [36.4, -89.6, 39.2, -81.9], EAST),
  state('LA', 'South', 4.57, [700, 714], [28.9, -94.1, 33.1, -88.7], CENTRAL),
  state('MA', 'Northeast', 7, [10, 27], [41.2, -73.6, 42.9, -69.9], EAST),
  state('MD', 'South', 6.18, [206, 219], [37.8, -79.5, 39.8, -75], EAST),
  state('ME', 'Northeast', 1.4, [39, 49], [42.9, -71.1, 47.5, -66.9], EAST),
  state('MI', 'Midwest', 10.04, [480, 499], [41.6, -90.5, 48.4, -82.1], 'America/Detroit'),
  state('MN', 'Midwest', 5.74, [550, 567], [43.4, -97.3, 49.4, -89.4], CENTRAL),
  state('MO', 'Midwest', 6.2, [630, 658], [35.9, -95.8, 40.7, -89], CENTRAL),
  state('MS', 'South', 2.94, [386, 397], [30.1, -91.7, 35.1, -88], CENTRAL),
  state('MT', 'West', 1.13, [590, 599], [44.3, -116.1, 49.1, -104], MOUNTAIN),
  state('NC', 'South', 10.84, [270, 289], [33.7, -84.4, 36.6, -75.4], EAST),
  state('ND', 'Midwest', 0.78, [580, 588], [45.9, -104.1, 49.1, -96.5], CENTRAL),
  state('NE', 'Midwest', 1.98, [680, 693], [39.9, -104.1, 43.1, -95.2], CENTRAL),
  state('NH', 'Northeast', 1.4, [30, 38], [42.6, -72.6, 45.4, -70.6], EAST),
  state('NJ', 'Northeast', 9.29, [70, 89], [38.9, -75.6, 41.4, -73.8], EAST),
  state('NM', 'West', 2.11, [870, 884], [31.3, -109.1, 37.1, -103], MOUNTAIN),
  state('NV', 'West', 3.19, [889, 898], [35, -120.1, 42.1, -114], PACIFIC),
  state('NY', 'Northeast', 19.57, [100, 149], [40.4, -79.8, 45.1, -71.8], EAST),
  state('OH', 'Midwest', 11.79, [430, 459], [38.4, -84.9, 42.4, -80.5], EAST),
  state('OK', 'South', 4.05, [730, 749], [33.6, -103.1, 37.1, -94.4], CENTRAL),
  state('OR', 'West', 4.23, [970, 979], [41.9, -124.7, 46.3, -116.4], PACIFIC),
  state('PA', 'Northeast', 12.96, [150, 196], [39.7, -80.6, 42.4, -74.6], EAST),
  state('RI', 'Northeast', 1.1, [28, 29], [41.1, -71.9, 42.1, -71.1], EAST),
  state('SC', 'South', 5.37, [290, 299], [32, -83.4, 35.3, -78.5], EAST),
  state('SD', 'Midwest', 0.92, [570, 577], [42.4, -104.1, 46, -96.4], CENTRAL),
  state('TN', 'South', 7.13, [370, 385], [34.9, -90.4, 36.7, -81.6], CENTRAL),
  state('TX', 'South', 30.5, [750, 799], [25.8, -106.7, 36.6, -93.5], CENTRAL),
  state('UT', 'West', 3.42, [840, 847], [36.9, -114.1, 42.1, -109], MOUNTAIN),
  state('VA', 'South', 8.72, [201, 246], [36.5, -83.7, 39.5, -75.2], EAST),
  state('VT', 'Northeast', 0.65, [50, 59], [42.7, -73.5, 45.1, -71.4], EAST),
  state('WA', 'West', 7.81, [980, 994], [45.5, -124.8, 49.1, -116.9], PACIFIC),
  state('WI', 'Midwest', 5.91, [530, 549], [42.4, -92.9, 47.1, -86.7], CENTRAL),
  state('WV', 'South', 1.77, [247, 268], [37.2, -82.7, 40.7, -77.7], EAST),
  state('WY', 'West', 0.58, [820, 831], [40.9, -111.1, 45.1, -104], MOUNTAIN),
];

function state(
  code: string,
  region: CensusRegion,
  populationM: number,
  zipPrefixes: State['zipPrefixes'],
  bounds: Box,
  timeZone: string,
): State {
  return { code, region, populationM, zipPrefixes, bounds, timeZone };
}
