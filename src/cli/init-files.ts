/** The files that `sim init` writes, by their names in the folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_SCENARIOS } from '../domain/own-files.ts';
import { PRESETS } from '../world/presets.ts';

/** Folder of the world in the suggested commands, which git is told to leave out. */
export const WORLD_FOLDER = 'world';
export const CONFIG_FILE = 'config.json';
export const SCENARIO_FILE = 'spring-sale.yaml';
const SCHEMA_FILE = 'scenario.schema.json';

export function initFiles(): Readonly<Record<string, string>> {
  return {
    [CONFIG_FILE]: `${JSON.stringify(config(), null, 2)}\n`,
    [SCENARIO_FILE]: SCENARIO,
    [SCHEMA_FILE]: readFileSync(path.join(OWN_SCENARIOS, SCHEMA_FILE), 'utf8'),
    '.gitignore': IGNORED,
  };
}

/** JSON has no comments: keys that begin with _ are remarks, each above the setting that it is about. */
function config() {
  const { stores, dcs, total_geographies, total_customers, total_products } = PRESETS.small.volume;
  const { customers_per_day, online_orders_per_day } = PRESETS.small.volume;
  return {
    _about: [
      'How large the world is. Keys that begin with _ are remarks; a setting that you remove gets its default.',
      'Once a world is generated, its seed and volumes are fixed: for others, generate into another folder.',
    ],
    _seed: 'Another seed gives another world of the same size; the same seed gives the same bytes.',
    seed: 42,
    volume: {
      _about: 'The sizes of the preset "small": a week takes seconds.',
      stores,
      _dcs: 'Distribution centers. Each has a region of stores; regions are generated in parallel.',
      dcs,
      _total_geographies: 'Places where stores, centers and customers are.',
      total_geographies,
      total_customers,
      total_products,
      _customers_per_day: 'Visits to a store on a day, the mean over the network.',
      customers_per_day,
      _items_per_ticket_mean: 'Mean number of units in a basket.',
      items_per_ticket_mean: 8.2,
      _online_orders_per_day: 'Of the whole network.',
      online_orders_per_day,
    },
    historical: {
      _start_date: 'The day on which a new world opens, unless --from names another.',
      start_date: '2024-01-01',
    },
    output: {
      _format:
        'Formats of the tables: csv, parquet, delta (Parquet with Delta tables), or some, such as csv,delta. Fixed when a world begins.',
      format: 'csv',
    },
    performance: {
      _max_workers: 'Threads that generate regions; null for one for each core.',
      max_workers: null,
      _disk_reserve_mb: 'Megabytes that a run leaves free on the disk.',
      disk_reserve_mb: 200,
    },
    realtime: {
      _about: [
        'Of streams (sim run --mode realtime). Without a connection they go into a hub on this machine.',
        'Keep the connection string out of this file: set AZURE_EVENTHUB_CONNECTION_STRING, or write it into .env.',
      ],
      _max_batch_size: 'The most events in a batch.',
      max_batch_size: 256,
    },
  };
}

const SCENARIO = `# yaml-language-server: $schema=./${SCHEMA_FILE}
#
# What happens in the world. The config says how large the world is; with and without a scenario the same seed gives
# the same world, except for what the scenario affects. The line above lets editors complete and check this file.

# Lower-case letters, digits and dashes.
name: spring-sale
title: A sale, and a storm on its last days
description: >-
  More people come for the sale. Gardens and clothes sell best, at lower prices, until a storm slows the trucks.

# When, for effects that say nothing else: days from the world's opening. It can also be from one instant to another,
# such as { from: 2024-06-17, to: 2024-06-24 }, or around a holiday: { holiday: easter, fromDays: -3, toDays: 1 }.
window: { fromDays: 2, toDays: 5 }

effects:
  # 40 % more visits; the ramp lets them rise over a day.
  - kind: traffic
    factor: 1.4
    ramp: { upDays: 1 }

  # Half as many units again, of two departments.
  - kind: departmentDemand
    targets: { departments: [Clothing, Home & Garden] }
    factor: 1.5

  # 20 % off for everyone.
  - kind: promotion
    targets: { departments: [Clothing, Home & Garden] }
    percentOff: 20

  # On record in the table supply_chain_disruption, with its effect. dcs: [1] is the first distribution center.
  - kind: disruption
    window: { fromDays: 4, toDays: 6 }
    targets: { dcs: [1] }
    type: weather_delay
    severity: MODERATE
    description: Storm, roads slow

# Other kinds: online, productDemand, price, closure, dcCapacity, supply, leadTime, travelTime, breakdown, trucksOut, purchase, basket, tender, declines, lanes, shelfFilling, recordErrors, shrink, spoilage, dcSpoilage, returns, fulfillment, weather, adImpressions, adClicks, adResponse.
`;

const IGNORED = `# Worlds are generated, and can be generated again: same seed, config and scenarios, same bytes.
/${WORLD_FOLDER}/
/${WORLD_FOLDER}-*/

# Credentials of streams.
.env
`;
