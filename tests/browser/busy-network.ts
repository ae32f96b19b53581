/** A live feed with a whole network in it, so that the map can be measured without simulating one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageAssets } from '../../src/control/page-assets.ts';

const STORES = 42;
const DCS = 5;
const TRUCKS = 40;
const SPEED = 60;
const EVERY_MS = 500;
const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2024-03-08T18:00:00Z');
const CENTERS = [
  [41.4, -86.1],
  [41.0, -80.6],
  [34.1, -84.7],
  [34.8, -118.2],
  [33.2, -96.6],
] as const;

const dcs = CENTERS.map(([lat, lon], index) => ({
  ...{ id: index + 1, name: `DC0${index + 1}`, city: 'Townsend', state: 'IN', lat, lon },
}));
const stores = Array.from({ length: STORES }, (_, index) => {
  const dc = dcs[index % DCS];
  const [lat, lon] = [dc.lat + Math.sin(index * 2.4) * 0.9, dc.lon + Math.cos(index * 2.4)];
  const name = `ST${String(index + 1).padStart(3, '0')}`;
  return {
    id: index + 1,
    name,
    city: 'Anyville',
    state: 'IN',
    lat,
    lon,
    dcId: dc.id,
    format: 'LARGE',
  };
});
const trucks = Array.from({ length: TRUCKS }, (_, index) => ({
  ...{ id: index + 1, plate: `IN ${1000 + index}`, dcId: (index % DCS) + 1, refrigerated: false },
}));
const network = {
  world: {
    ...{ seed: 1, start: '2024-03-01T00:00:00.000Z', stores: STORES, dcs: DCS, trucks: TRUCKS },
    ...{ customers: 50_000, products: 10_000, scenarios: [] },
  },
  ...{ dcs, stores, trucks },
};

function state(simulatedMs: number) {
  return {
    clock: {
      ...{ simulatedMs, wallMs: Date.now(), mode: 'realtime', speed: SPEED, paused: false },
      stopping: false,
      lagMs: 40,
    },
    stores: stores.map(({ id }) => [
      id,
      20 + ((id * 37) % 80),
      1,
      id % 6 === 0 ? 2 : 0,
      900_000,
      400,
    ]),
    dcs: dcs.map(({ id }) => [id, 300_000, id === 2 ? 20 : 100, 1, simulatedMs]),
    trucks: trucks.map(({ id, dcId }) => {
      const [dc, store] = [dcs[dcId - 1], stores[id % STORES]];
      const lengthMs = 2 * HOUR_MS + id * 60_000;
      const departedMs = simulatedMs - ((simulatedMs + id * 500_000) % lengthMs);
      const arrivesMs = departedMs + lengthMs;
      return [
        ...[id, 'IN_TRANSIT', dc.lat, dc.lon, 'dc', dc.id, store.id, departedMs, arrivesMs, 900],
        ...[arrivesMs, 'store', dc.lat, dc.lon, store.lat, store.lon],
      ];
    }),
    disruptions: [
      {
        id: 'L1',
        type: 'dc_outage',
        target: 'dc:2',
        severity: 0.8,
        startMs: 0,
        endMs: 1,
        status: 'active',
      },
      {
        id: 'L2',
        type: 'weather_delay',
        target: 'dc:5',
        severity: 0.4,
        startMs: 0,
        endMs: 1,
        status: 'active',
      },
    ],
    rates: { rowsPerSecond: 0, eventsPerSecond: 5000 },
    ...{ ledger: null, breaker: 'closed', tasks: [] },
  };
}

/** Serves the page, and states of that network twice a second. */
export async function serveBusyNetwork(): Promise<{ url: string; close(): Promise<void> }> {
  const assets = await pageAssets();
  const startedMs = Date.now();
  const server = createServer((request, response) => {
    const asset = assets.get(request.url ?? '');
    if (asset !== undefined) {
      response.setHeader('content-type', asset.contentType);
      response.end(asset.body);
    } else if (request.url === '/api/live') {
      response.setHeader('content-type', 'text/event-stream');
      const send = (event: string, data: unknown) =>
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      const tell = () => send('state', state(START_MS + (Date.now() - startedMs) * SPEED));
      send('network', network);
      tell();
      const timer = setInterval(tell, EVERY_MS);
      request.on('close', () => clearInterval(timer));
    } else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
