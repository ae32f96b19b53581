import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faker } from '@faker-js/faker/locale/en';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { AREAS } from '../../dictionaries/areas.ts';
import { geographiesCsv } from '../../dictionaries/build-geographies.ts';
import { firstNamesCsv, lastNamesCsv } from '../../dictionaries/build-names.ts';
import { STATES } from '../../dictionaries/states.ts';
import { OWN_DICTIONARIES } from '../../src/domain/own-files.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { greatCircleKm } from '../../src/world/distance.ts';
import { STATES as STATE_CODES } from '../../src/world/states.ts';

type Row = Readonly<Record<string, string>>;

const textOf = (file: string) => readFileSync(join(OWN_DICTIONARIES, file), 'utf8');
const rowsOf = (file: string): Row[] => parse(textOf(file), { columns: true });
const column = (rows: readonly Row[], name: string) => rows.map((row) => row[name]);
const repeated = (texts: readonly string[]) =>
  texts.filter((text, index) => texts.indexOf(text) !== index);

const places = rowsOf('geographies.csv');
const taxes = rowsOf('tax_rates.csv');
const firstNames = column(rowsOf('first_names.csv'), 'FirstName');
const lastNames = column(rowsOf('last_names.csv'), 'LastName');
const blocklist = rowsOf('blocklist.csv');
const blocked = (kind: string) =>
  column(
    blocklist.filter((row) => row.Kind === kind),
    'Name',
  );

const states = new Map(STATES.map((state) => [state.code, state]));
const stateOf = ({ State }: Row) => states.get(State)!;
const areaOf = ({ State, District }: Row) =>
  AREAS.find((area) => area.state === State && area.district === District)!;
const pointOf = (row: Row) => ({
  latitude: Number(row.Latitude),
  longitude: Number(row.Longitude),
});

describe.each([
  [
    'geographies.csv',
    'City,State,Zip,District,Region,Latitude,Longitude,TimeZone,Population',
    578,
    geographiesCsv,
  ],
  ['first_names.csv', 'FirstName', 320, firstNamesCsv],
  ['last_names.csv', 'LastName', 380, lastNamesCsv],
] as const)('%s', (file, header, least, build) => {
  it('has the published header and enough rows', () => {
    const lines = textOf(file).trimEnd().split('\n');
    expect(lines[0]).toBe(header);
    expect(lines.length - 1).toBeGreaterThanOrEqual(least);
  });

  it('is what its script builds, byte for byte', () => {
    expect(build()).toBe(textOf(file));
  });
});

describe('places', () => {
  it('are read by the world without a complaint', () => {
    expect(loadDictionaries().places).toHaveLength(places.length);
  });

  it('have a name and a ZIP of their own', () => {
    expect(repeated(column(places, 'City'))).toEqual([]);
    expect(repeated(column(places, 'Zip'))).toEqual([]);
  });

  it('are invented: none bears the name of a well-known city', () => {
    const known = new Set([...blocked('city'), ...faker.rawDefinitions.location!.city_name!]);
    expect(known.size).toBeGreaterThan(500);
    expect(column(places, 'City').filter((city) => known.has(city))).toEqual([]);
  });

  it('lie in all fifty states and their Census regions', () => {
    expect(new Set(column(places, 'State'))).toEqual(new Set(states.keys()));
    expect(places.filter((row) => row.Region !== stateOf(row).region)).toEqual([]);
  });

  it('have a ZIP of their state and area', () => {
    const outside = places.filter((row) => {
      const [first, last] = stateOf(row).zipPrefixes;
      const prefix = row.Zip.slice(0, 3);
      const inState = Number(prefix) >= first && Number(prefix) <= last;
      return !(inState && /^\d{5}$/.test(row.Zip) && areaOf(row).zipPrefixes.includes(prefix));
    });
    expect(outside).toEqual([]);
  });

  it('lie within the box of their area', () => {
    const outside = places.filter((row) => {
      const [south, west, north, east] = areaOf(row).box;
      const { latitude, longitude } = pointOf(row);
      return !(latitude >= south && latitude <= north && longitude >= west && longitude <= east);
    });
    expect(outside).toEqual([]);
  });

  it('keep 4 km from each other', () => {
    const points = places.map(pointOf);
    const close = points.filter((point, index) =>
      points.slice(index + 1).some((other) => greatCircleKm(point, other) < 4),
    );
    expect(close).toEqual([]);
  });

  it('keep a time zone that the runtime knows and their longitude fits', () => {
    const hoursWest = (timeZone: string) => {
      const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
      const parts = format.formatToParts(Date.UTC(2024, 0, 15));
      const offset = parts.find((part) => part.type === 'timeZoneName')!.value;
      return -Number(/GMT([+-]\d\d):00/.exec(offset)![1]);
    };
    const odd = places.filter(({ TimeZone, Longitude }) => {
      const sunHoursWest = -Number(Longitude) / 15;
      // Zones of the country reach from 0.6 h before the sun's time to 1.3 h after it.
      const late = sunHoursWest - hoursWest(TimeZone);
      return !(late > -0.6 && late < 1.3);
    });
    expect(odd).toEqual([]);
  });

  it('differ in size as towns do, 45 to 60 million people in all', () => {
    const sizes = column(places, 'Population')
      .map(Number)
      .sort((a, b) => b - a);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(45e6);
    expect(total).toBeLessThan(60e6);
    expect(sizes[0]).toBeLessThanOrEqual(900_000);
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(4000);
    expect(sizes[0] / sizes[99]).toBeGreaterThan(5);
    expect(sizes[99] / sizes[599]).toBeGreaterThan(5);
  });

  it('hold about as large a share of the people in each state as the state has', () => {
    const peopleOf = (code: string) =>
      places
        .filter((row) => row.State === code)
        .reduce((sum, row) => sum + Number(row.Population), 0);
    const total = STATES.reduce((sum, { code }) => sum + peopleOf(code), 0);
    const real = STATES.reduce((sum, { populationM }) => sum + populationM, 0);
    const off = STATES.map(
      ({ code, populationM }) => peopleOf(code) / total - populationM / real,
    ).reduce((sum, difference) => sum + Math.abs(difference) / 2, 0);
    expect(off).toBeLessThan(0.1);
  });
});

describe('areas', () => {
  it('are boxes within the bounds of their state', () => {
    const outside = AREAS.filter(({ state, box: [south, west, north, east] }) => {
      const [south0, west0, north0, east0] = states.get(state)!.bounds;
      const upright = south < north && west < east;
      return !(upright && south >= south0 && west >= west0 && north <= north0 && east <= east0);
    });
    expect(outside).toEqual([]);
  });

  it('are named once in a state', () => {
    expect(repeated(AREAS.map((area) => `${area.state} ${area.district}`))).toEqual([]);
  });
});

describe('tax rates', () => {
  it('are there for every state and the federal district', () => {
    expect(new Set(column(taxes, 'State'))).toEqual(STATE_CODES);
    expect(repeated(column(taxes, 'State'))).toEqual([]);
  });

  it('are decimal fractions up to that of Louisiana', () => {
    const rates = column(taxes, 'Rate');
    expect(rates.filter((rate) => !/^0\.\d{4}$/.test(rate))).toEqual([]);
    const highest = taxes.filter((row) => Number(row.Rate) >= 0.1012);
    expect(column(highest, 'State')).toEqual(['LA']);
    const free = taxes.filter((row) => Number(row.Rate) === 0);
    expect(column(free, 'State')).toEqual(['DE', 'MT', 'NH', 'OR']);
  });
});

describe('names of people', () => {
  it('are each there once, as plain capitalised words', () => {
    const names = [...firstNames, ...lastNames];
    expect(repeated(firstNames)).toEqual([]);
    expect(repeated(lastNames)).toEqual([]);
    expect(names.filter((name) => !/^[A-Z][a-z]{3,10}$/.test(name))).toEqual([]);
  });

  it('are coined: none is a common real name', () => {
    const { first_name, last_name } = faker.rawDefinitions.person!;
    const real = new Set([first_name!, last_name!].flatMap((lists) => Object.values(lists).flat()));
    expect(real.size).toBeGreaterThan(2000);
    expect([...firstNames, ...lastNames].filter((name) => real.has(name))).toEqual([]);
  });

  it('share no word with the people on the blocklist', () => {
    const words = new Set(blocked('person').flatMap((name) => name.split(' ')));
    expect([...firstNames, ...lastNames].filter((name) => words.has(name))).toEqual([]);
  });
});

describe('the blocklist', () => {
  it('names many of each kind, each once', () => {
    expect(new Set(column(blocklist, 'Kind'))).toEqual(
      new Set(['person', 'company', 'brand', 'city']),
    );
    expect(blocked('person').length).toBeGreaterThanOrEqual(150);
    expect(blocked('company').length + blocked('brand').length).toBeGreaterThanOrEqual(200);
    expect(blocked('city').length).toBeGreaterThanOrEqual(250);
    expect(repeated(blocklist.map((row) => `${row.Kind} ${row.Name.toLowerCase()}`))).toEqual([]);
  });
});
