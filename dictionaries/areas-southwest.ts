/** Areas of Oklahoma and Texas. */
import { type Area, areasOf } from './area.ts';

export const SOUTHWEST: readonly Area[] = [
  ...areasOf('OK', [
    ['Cross Timbers', 'plains', '730', [35.2, -98, 35.8, -97.35], 42],
    ['Green Country', 'hills', '740', [35.8, -96.2, 36.4, -95.6], 34],
    ['Wichita Mountains', 'plains', '735', [34.5, -98.6, 34.8, -98.1], 8],
    ['Kiamichi', 'forest', '745', [34.75, -96, 35.05, -95.5], 8],
    ['Cherokee Outlet', 'plains', '737', [36.2, -98.2, 36.6, -97.6], 8],
  ]),
  ...areasOf('TX', [
    ['North Trinity', 'plains', '750 754', [32.95, -96.85, 33.35, -96.4], 18],
    ['West Trinity', 'plains', '760', [32.4, -97.7, 32.9, -97.2], 10],
    ['Gulf Prairies', 'coast', '774 775', [29.4, -96, 29.8, -95.3], 15],
    ['San Jacinto', 'forest', '773', [30.05, -95.7, 30.5, -95.1], 11],
    ['Hill Country', 'hills', '786', [30.1, -98.3, 30.65, -97.6], 10],
    ['San Antonio River', 'mesa', '781', [29, -98.4, 29.6, -97.9], 8],
    ['Rio Grande Delta', 'mesa', '785', [26.2, -98.35, 26.4, -97.75], 6],
    ['Blacklands', 'plains', '765 766', [31, -97.6, 31.7, -96.9], 4],
    ['Piney Woods', 'forest', '757', [32.1, -95.5, 32.55, -95], 3],
    ['Coastal Bend', 'mesa', '783', [27.6, -98.1, 28, -97.6], 3],
    ['Sabine', 'forest', '776', [30, -94.4, 30.4, -94], 2],
    ['Brazos Valley', 'plains', '778', [30.3, -96.6, 30.8, -96.1], 2],
    ['South Plains', 'plains', '793', [33.3, -102.3, 33.8, -101.6], 2],
    ['Panhandle', 'plains', '790 791', [35, -102.1, 35.4, -101.5], 2],
    ['Permian Basin', 'mesa', '797', [31.75, -102.6, 32.1, -101.9], 2],
    ['Big Country', 'plains', '795', [32.3, -100.1, 32.7, -99.4], 1],
    ['Concho', 'mesa', '769', [31.3, -100.7, 31.65, -100.2], 1],
    ['Red River Plains', 'plains', '763', [33.65, -98.8, 33.98, -98.3], 1],
    ['Pass of the North', 'mesa', '798 799', [31.72, -106.35, 31.9, -106.1], 3, 'America/Denver'],
  ]),
];
