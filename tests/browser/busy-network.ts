/** A live feed with a whole network in it, so that the map can be measured without simulating one. */
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageAssets } from '../../src/api/page-assets.ts';

const STORES = 42;
const DCS = 5;
const TRUCKS = 40;
const SPEED = 60;
const EVERY_MS = 500;
const HOUR_MS = 3_600_000;
/** Two seconds of the wall clock. */
const LATE_EVERY_MS = 120_000;
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
    timeZone: 'America/Chicago',
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

/** The first has broken down halfway, the second is late now and then, and the later ones unload at the end. */
function truckRow({ id, dcId }: (typeof trucks)[number], simulatedMs: number) {
  const [dc, store] = [dcs[dcId - 1], stores[id % STORES]];
  const unloads = id > TRUCKS / 2;
  const lengthMs = (unloads ? 0.5 : 2) * HOUR_MS + id * 60_000;
  const departedMs = simulatedMs - ((simulatedMs + id * 500_000) % lengthMs);
  const arrivesMs = departedMs + lengthMs;
  const ends = ['store', dc.lat, dc.lon, store.lat, store.lon];
  const row = (status: string, lat: number, lon: number, departs: number | null) => {
    const arrives = departs === null ? null : arrivesMs;
    const way = ['dc', dc.id, store.id, departs, arrives, 900, arrives];
    return [id, status, lat, lon, ...way, ...ends];
  };
  if (id === 1) {
    return row('BROKEN_DOWN', (dc.lat + store.lat) / 2, (dc.lon + store.lon) / 2, null);
  }
  if (unloads && simulatedMs > arrivesMs - lengthMs / 10) {
    return row('UNLOADING', store.lat, store.lon, null);
  }
  const isLate = id === 2 && Math.floor(simulatedMs / LATE_EVERY_MS) % 2 === 1;
  return row(isLate ? 'DELAYED' : 'IN_TRANSIT', dc.lat, dc.lon, departedMs);
}

/** What a truck was seen doing: one more thing each time somebody asks. */
function truckDetail(id: number, asked: number) {
  const at = (index: number) => START_MS + index * 60_000;
  const legs = Array.from({ length: asked }, (_, index) => ({
    ...{ status: index % 2 === 0 ? 'IN_TRANSIT' : 'DELAYED', from: 'dc:1', to: 'store:3' },
    ...{ sinceMs: at(index), untilMs: at(index + 1), loadUnits: 900 },
  }));
  return { truck: trucks[id - 1], now: null, legs };
}

/** @param restless whether stores run out of more all the time */
function state(simulatedMs: number, restless: boolean) {
  const more = restless ? Math.floor(simulatedMs / 10_000) % 1000 : 0;
  return {
    clock: {
      ...{
        simulatedMs,
        wallMs: Date.now(),
        mode: 'realtime',
        speed: SPEED,
        rate: null,
        paused: false,
      },
      stopping: false,
      lagMs: 40,
    },
    stores: stores.map(({ id }) => [
      id,
      20 + ((id * 37) % 80),
      1,
      (id % 6 === 0 ? 2 : 0) + more,
      900_000,
      400,
    ]),
    dcs: dcs.map(({ id }) => [id, 300_000, id === 2 ? 20 : 100, 1, simulatedMs]),
    trucks: trucks.map((truck) => truckRow(truck, simulatedMs)),
    disruptions: [
      {
        id: 'L1',
        type: 'dc_outage',
        target: 'dc:2',
        ...{ origin: 'request', description: '' },
        severity: 0.8,
        startMs: 0,
        endMs: 1,
        status: 'active',
      },
      {
        id: 'L2',
        type: 'weather_delay',
        target: 'dc:5',
        ...{ origin: 'request', description: '' },
        severity: 0.4,
        startMs: 0,
        endMs: 1,
        status: 'active',
      },
      {
        id: 'L3',
        type: 'truck_breakdown',
        target: 'truck:1',
        ...{ origin: 'request', description: '' },
        severity: 1,
        startMs: 0,
        endMs: 1,
        status: 'active',
      },
    ],
    rates: { rowsPerSecond: 0, eventsPerSecond: 5000 },
    ...{ ledger: null, breaker: 'closed', tasks: [] },
  };
}

export interface BusyNetwork {
  readonly url: string;
  /** Simulated time. */
  nowMs(): number;
  /** Ends the connections of those who watch; they may come back. */
  drop(): void;
  /** Ends them, and takes no others until it is resumed. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** Serves the page, and states of that network twice a second. */
export async function serveBusyNetwork({ restless = false } = {}): Promise<BusyNetwork> {
  const assets = await pageAssets();
  const startedMs = Date.now();
  const nowMs = () => START_MS + (Date.now() - startedMs) * SPEED;
  const watchers = new Set<ServerResponse>();
  let asked = 0;
  let isPaused = false;
  const drop = () => {
    for (const each of watchers) each.destroy();
  };
  const server = createServer((request, response) => {
    const asset = assets.get(request.url ?? '');
    if (asset !== undefined) {
      response.setHeader('content-type', asset.contentType);
      response.end(asset.body);
    } else if (request.url === '/api/live' && isPaused) {
      response.writeHead(503).end('{}');
    } else if (request.url === '/api/live') {
      response.setHeader('content-type', 'text/event-stream');
      const send = (event: string, data: unknown) =>
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      const tell = () => send('state', state(nowMs(), restless));
      send('network', network);
      tell();
      const timer = setInterval(tell, EVERY_MS);
      watchers.add(response);
      request.on('close', () => {
        clearInterval(timer);
        watchers.delete(response);
      });
    } else if (request.url?.startsWith('/api/live/truck/')) {
      const id = Number(request.url.split('/').at(-1));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(truckDetail(id, ++asked)));
    } else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nowMs,
    drop,
    pause: () => {
      isPaused = true;
      drop();
    },
    resume: () => {
      isPaused = false;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
