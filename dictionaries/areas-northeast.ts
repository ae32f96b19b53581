/** Areas of the Northeast. */
import { type Area, areasOf } from './area.ts';

export const NORTHEAST: readonly Area[] = [
  ...areasOf('CT', [
    ['Upper Connecticut Valley', 'valley', '060 061', [41.62, -72.9, 41.9, -72.5], 40],
    ['Sound Shore', 'coast', '064 065', [41.34, -73, 41.52, -72.6], 30],
    ['Eastern Highlands', 'hills', '062', [41.7, -72.3, 41.92, -72], 10],
    ['Naugatuck Hills', 'hills', '067', [41.52, -73.25, 41.75, -73], 20],
  ]),
  ...areasOf('MA', [
    ['Pioneer Valley', 'valley', '010 011', [42.12, -72.72, 42.38, -72.5], 15],
    ['Worcester Hills', 'hills', '015 016', [42.15, -72.05, 42.42, -71.7], 20],
    ['Merrimack', 'valley', '018', [42.52, -71.32, 42.66, -71.12], 20],
    ['Metro West', 'forest', '017', [42.24, -71.58, 42.4, -71.4], 25],
    ['South Shore', 'coast', '023', [41.95, -71.1, 42.12, -70.8], 20],
  ]),
  ...areasOf('ME', [
    ['Southern Coast', 'coast', '040 041', [43.62, -70.65, 43.9, -70.4], 50],
    ['Kennebec Valley', 'valley', '043', [44.2, -69.95, 44.42, -69.7], 20],
    ['Penobscot Valley', 'forest', '044', [44.8, -69, 45.1, -68.65], 20],
    ['Aroostook', 'forest', '047', [46.55, -68.3, 46.9, -68], 10],
  ]),
  ...areasOf('NH', [
    ['Merrimack Valley', 'valley', '030 031', [42.8, -71.7, 43.08, -71.42], 55],
    ['Seacoast', 'coast', '038', [42.95, -71.1, 43.2, -70.92], 30],
    ['Lakes', 'hills', '032', [43.3, -71.75, 43.5, -71.5], 15],
  ]),
  ...areasOf('NJ', [
    ['Raritan Valley', 'valley', '088 089', [40.4, -74.7, 40.6, -74.4], 25],
    ['Lower Delaware', 'plains', '080', [39.75, -75.05, 39.96, -74.75], 25],
    ['Pine Shore', 'coast', '087', [39.92, -74.32, 40.1, -74.15], 15],
    ['Skylands', 'hills', '078', [40.68, -74.95, 40.9, -74.65], 10],
    ['Ramapo', 'hills', '074', [40.92, -74.4, 41.05, -74.15], 20],
    ['Cohansey', 'plains', '083', [39.35, -75.2, 39.55, -74.9], 5],
  ]),
  ...areasOf('NY', [
    ['Long Island', 'coast', '117', [40.74, -73.4, 40.88, -72.95], 25],
    ['Lower Hudson', 'hills', '105', [41.18, -73.85, 41.38, -73.7], 17],
    ['Mid Hudson', 'valley', '125', [41.6, -74, 42, -73.65], 10],
    ['Capital', 'valley', '120 121', [42.62, -74.1, 42.98, -73.65], 10],
    ['Mohawk Valley', 'valley', '133 134', [43, -75.5, 43.28, -75.1], 5],
    ['Central Lakes', 'forest', '130 131', [43, -76.4, 43.2, -76], 8],
    ['Genesee', 'plains', '144 145', [42.9, -77.85, 43.15, -77.45], 10],
    ['Niagara Frontier', 'plains', '140 141', [42.72, -78.75, 43.02, -78.45], 10],
    ['Southern Tier', 'hills', '137 138', [42.05, -76.2, 42.3, -75.65], 4],
    ['North Country', 'forest', '136', [44, -75.8, 44.35, -75.3], 1],
  ]),
  ...areasOf('PA', [
    ['Brandywine', 'hills', '193 194', [39.95, -75.7, 40.22, -75.45], 27],
    ['Lehigh', 'valley', '180 181', [40.52, -75.65, 40.75, -75.35], 12],
    ['Conestoga Plain', 'plains', '175 176', [39.95, -76.4, 40.2, -76.1], 10],
    ['Lower Susquehanna', 'valley', '170 171', [40.12, -77.1, 40.38, -76.65], 12],
    ['Anthracite', 'hills', '186 187', [41.15, -76.05, 41.4, -75.75], 8],
    ['Nittany', 'hills', '168', [40.75, -78, 40.98, -77.65], 4],
    ['Three Rivers', 'hills', '150 151', [40.3, -80.2, 40.62, -79.75], 20],
    ['Lake Plain', 'coast', '164', [41.75, -80.2, 41.96, -79.9], 4],
    ['Laurel Highlands', 'hills', '156', [40.2, -79.65, 40.42, -79.35], 3],
  ]),
  ...areasOf('RI', [
    ['Blackstone', 'valley', '028', [41.82, -71.68, 41.98, -71.45], 65],
    ['South County', 'coast', '028', [41.46, -71.72, 41.64, -71.52], 35],
  ]),
  ...areasOf('VT', [
    ['Champlain Valley', 'valley', '054', [44.32, -73.15, 44.7, -72.95], 50],
    ['Green Mountains', 'hills', '056', [44.12, -72.7, 44.38, -72.42], 25],
    ['Otter Creek', 'hills', '057', [43.42, -73.12, 43.7, -72.92], 25],
  ]),
];
