import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { configOf, loadConfig, startOf } from '../../src/world/config.ts';
import { messageOf, temporaryFolder } from './fixtures.ts';

/** A file in the form of the original system, with all that it knew. */
const ORIGINAL = {
  seed: 42,
  volume: {
    stores: 250,
    dcs: 12,
    customers_per_day: 1500,
    items_per_ticket_mean: 8.5,
    total_customers: 500_000,
    total_products: 10_000,
    total_geographies: 100,
    online_orders_per_day: 2500,
    marketing_impressions_per_day: 10_000,
    refrigerated_trucks: 8,
    non_refrigerated_trucks: 12,
    truck_capacity: 15_000,
    truck_dc_assignment_rate: 0.85,
    trucks_per_dc: null,
  },
  realtime: {
    emit_interval_ms: 500,
    burst: 100,
    azure_connection_string: '',
    backoff_multiplier: 2.0,
    circuit_breaker_failure_threshold: 5,
    circuit_breaker_recovery_timeout: 60,
  },
  paths: { dict: 'data/dictionaries', master: 'data/master', facts: 'data/facts' },
  stream: { hub: 'retail-events' },
  historical: { start_date: '2024-02-29' },
  performance: { max_cpu_percent: 80.0, max_workers: null, batch_hours: 4 },
  storage: { account_uri: null, account_key: 'c2VjcmV0' },
  marketing_cost: { email_cost_min: 0.1 },
};

function written(text: string): string {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, text);
  return file;
}

describe('defaults and presets', () => {
  it('has the volumes of the original system, and customers in number for their visits', () => {
    const { volume } = loadConfig();
    expect(volume).toMatchObject({
      stores: 42,
      dcs: 5,
      total_geographies: 100,
      total_customers: 309_474,
      total_products: 10_000,
      customers_per_day: 2000,
      items_per_ticket_mean: 8.2,
      online_orders_per_day: 2500,
      refrigerated_trucks: null,
      dc_initial_inventory_min: null,
      store_reorder_point_max: null,
      dc_cover_days: 14,
      store_cover_days: 3,
    });
  });

  it('calibrates the customers to the visits, whatever the volume', () => {
    // 42 stores x 2,000 visits x 7 days / 1.9 visits a week.
    expect(loadConfig(undefined, 'calibrated').volume).toEqual(loadConfig().volume);
    const half = configOf({ volume: { stores: 21 } });
    expect(half.volume.total_customers).toBe(154_737);
    expect(loadConfig(undefined, 'demo').volume.total_customers).toBe(14_737);
    const original = configOf({ volume: { total_customers: 50_000 } });
    expect(original.volume.total_customers).toBe(50_000);
  });

  it('completes a range of which one end is set by that of the original system', () => {
    const { volume } = configOf({ volume: { dc_initial_inventory_max: 900 } });
    expect(volume).toMatchObject({
      dc_initial_inventory_min: 500,
      dc_initial_inventory_max: 900,
      store_initial_inventory_max: null,
    });
  });

  it('takes the file over the preset', () => {
    const { volume } = configOf({ volume: { stores: 8 } }, 'small');
    expect(volume).toMatchObject({ stores: 8, dcs: 2, total_products: 1200 });
  });

  it('has no more centers than stores or geographies unless told so', () => {
    expect(configOf({ volume: { stores: 3 } }).volume.dcs).toBe(3);
    expect(configOf({ volume: { stores: 1 } }, 'small').volume.dcs).toBe(1);
    expect(configOf({ volume: { total_geographies: 2 } }).volume.dcs).toBe(2);
  });

  it('suggests a preset for a misspelt one', () => {
    expect(() => loadConfig(undefined, 'smal')).toThrow(
      new InputError(
        'Unknown preset "smal": expected default, calibrated, demo, small (did you mean "small"?)',
      ),
    );
  });
});

describe('a file of the original system', () => {
  it('works unchanged', () => {
    const file = written(JSON.stringify(ORIGINAL));
    const config = loadConfig(file);
    expect(config.volume).toMatchObject({ stores: 250, truck_capacity: 15_000 });
    expect(config.volume.refrigerated_trucks).toBe(8);
    expect(config.volume.marketing_impressions_per_day).toBe(10_000);
    expect(config.realtime.circuit_breaker_failure_threshold).toBe(5);
    expect(config.paths.facts).toBe(join(file, '..', 'data', 'facts'));
    expect(startOf(config)).toBe(Date.UTC(2024, 1, 29));
  });

  it('says which settings have no effect, and that its dictionaries are not there', () => {
    const notes = loadConfig(written(JSON.stringify(ORIGINAL))).notes.join('\n');
    expect(notes).toContain('volume.truck_dc_assignment_rate');
    expect(notes).not.toContain('marketing_impressions_per_day');
    expect(notes).toContain('marketing_cost');
    expect(notes).not.toContain('trucks_per_dc');
    expect(notes).toContain('using the dictionaries of the project');
    expect(notes).not.toContain('c2VjcmV0');
  });

  it('uses dictionaries beside it', () => {
    const file = written(JSON.stringify(ORIGINAL));
    const folder = join(file, '..', 'data', 'dictionaries');
    mkdirSync(folder, { recursive: true });
    expect(loadConfig(file).paths.dictionaries).toBe(folder);
  });
});

describe('problems', () => {
  it('lists all of them, each with path, value and what was expected', () => {
    const file = written(
      JSON.stringify({
        seed: -1,
        volume: {
          stores: 0,
          items_per_ticket_mean: 0.5,
          store_reorder_point_min: 60,
          custmers_per_day: 5,
        },
        realtime: { retry_attempts: 'three' },
        historical: { start_date: '2024-02-30' },
        strem: { hub: 'x' },
        hub: 'x',
      }),
    );
    expect(messageOf(() => loadConfig(file)).split('\n')).toEqual([
      `Cannot use ${file}:`,
      '  seed is -1: expected a whole number from 0 to 9007199254740991',
      '  volume.stores is 0: expected a whole number from 1 to 9999',
      '  volume.items_per_ticket_mean is 0.5: expected a number from 1 to 200',
      '  volume.custmers_per_day is not a setting: did you mean volume.customers_per_day?',
      '  realtime.retry_attempts is "three": expected a whole number from 0 to 1000',
      '  historical.start_date is "2024-02-30": expected a day as YYYY-MM-DD',
      '  strem is not a setting: did you mean stream?',
      '  hub is not a setting: did you mean stream.hub?',
      '  volume.store_reorder_point_min is 60: expected at most volume.store_reorder_point_max, which is 50',
    ]);
  });

  it.each([
    [{ volume: { dcs: 6, stores: 5 } }, 'volume.dcs is 6: expected at most volume.stores'],
    [{ volume: { dcs: 9, total_geographies: 8 } }, 'at most volume.total_geographies, which is 8'],
    [
      { volume: { total_customers: 1.5 } },
      'volume.total_customers is 1.5: expected a whole number',
    ],
    [{ volume: { refrigerated_trucks: '8' } }, 'or null to size the fleet automatically'],
    [{ volume: [] }, 'volume is []: expected a section in braces'],
    [{ paths: { facts: ' ' } }, 'paths.facts is " ": expected a text that is not empty'],
    [[], 'the file is []: expected a section in braces'],
    [null, 'the file is null'],
  ])('refuses %j', (raw, part) => {
    expect(messageOf(() => configOf(raw))).toContain(part);
  });

  it('never shows a secret', () => {
    const message = messageOf(() => configOf({ realtime: { azure_connection_string: ['key'] } }));
    expect(message).toContain('realtime.azure_connection_string is set: expected a text');
    expect(message).not.toContain('key"');
  });

  it.each([
    ['{"seed": 1}\n x', 'line 2, column 2: not valid JSON, found "x"'],
    ['{\n  "seed": 1,\n}', 'line 3, column 1: not valid JSON, found "}"'],
    ['{"seed": 01}', 'line 1, column 11: not valid JSON, found "1"'],
    ['{"seed": 1', 'line 1, column 11: not valid JSON, found the end of the file'],
    ["{'seed': 1}", 'line 1, column 2'],
    ['', 'line 1, column 1: not valid JSON, found the end of the file'],
  ])('says where %j stops being JSON', (text, part) => {
    expect(messageOf(() => loadConfig(written(text)))).toContain(part);
  });

  it('names the largest seed for one beyond it', () => {
    expect(messageOf(() => loadConfig(written('{"seed": 9007199254740993}')))).toContain(
      'expected a whole number from 0 to 9007199254740991',
    );
    expect(loadConfig(written('{"seed": 9007199254740991}')).seed).toBe(2 ** 53 - 1);
  });

  it('ignores remarks and $schema, at the top and in sections', () => {
    const file = written(
      JSON.stringify({
        _comment: 'copy me',
        $schema: 'config.schema.json',
        seed: 3,
        volume: { _note: ['any', { kind: 1 }], $schema: 1, stores: 6 },
        realtime: { _why: null },
        _section: { stores: 'no' },
      }),
    );
    expect(loadConfig(file)).toMatchObject({ seed: 3, volume: { stores: 6 }, notes: [] });
    expect(messageOf(() => configOf({ volume: { stores_: 1 } }))).toContain('volume.stores_');
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff{"seed": 11}\r\n')],
    ['UTF-16 LE', Buffer.from('\ufeff{"seed": 11}\r\n\r\n', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\ufeff{"seed": 11}\n', 'utf16le').swap16()],
  ])('reads %s', (_, bytes) => {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, bytes);
    expect(loadConfig(file).seed).toBe(11);
  });

  it('says which byte of which line is not text', () => {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, Buffer.concat([Buffer.from('{\n"a": "'), Buffer.from([0xe9, 0x22, 0x7d])]));
    expect(messageOf(() => loadConfig(file))).toBe(
      `Cannot read config file "${file}": byte 9 (0xe9) on line 2 is not UTF-8; save it as UTF-8, or as UTF-16 with a byte order mark`,
    );
  });

  it('names a missing file, and a missing folder of dictionaries', () => {
    expect(messageOf(() => loadConfig('nowhere/config.json'))).toContain(
      'Cannot read config file "nowhere/config.json"',
    );
    expect(messageOf(() => configOf({ paths: { dictionaries: 'no/such' } }))).toContain(
      'paths.dictionaries is "no/such"',
    );
  });
});
