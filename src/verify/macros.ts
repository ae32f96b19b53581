/**
 * Types and macros that the SQL of the checks may use besides DuckDB's own functions.
 *
 * Ids are loaded as the packed integers of domain/ids.ts, which join and sort several times faster
 * than their text; a malformed id becomes -1.
 */
import { ID_KINDS, ID_LETTERS, type IdEntity, KIND_UNIT, SEQUENCE_LIMIT } from '../domain/ids.ts';
import { DEPARTMENT_ZONES, DEPARTMENTS, NODE_TYPES, SKIES, ZONES } from '../domain/values.ts';
import { DAY_MS } from '../engine/time.ts';
import { CREATIVES_PER_CAMPAIGN } from '../policy/campaigns.ts';
import { SHOPPER_VARIANCE_RATIO, storePolicy } from '../policy/replenishment.ts';
import { CIRCUITY, MAX_DRIVING_MS, MEAN_SPEED_KMH, OFF_DUTY_MS } from '../policy/roads.ts';
import { VISITS_PERCENT } from '../policy/weather-effects.ts';
import { enumType, quoted } from './column-types.ts';

const LETTERS = ID_LETTERS.join('');
/** Mean earth radius; the same as in the world's own distances. */
const EARTH_RADIUS_KM = 6371.0088;
/** The policy of a store beside its DC. */
const AT_THE_DOOR = storePolicy(0, 0);
const KMH_AT_70_MPH = 70 * 1.609344;

/** Keeps numbers of stores, DCs and trucks apart where one number stands for any of them. */
export const OWNER_UNIT: Readonly<Record<IdEntity, number>> = { store: 0, dc: 1e7, truck: 2e7 };

/** A 32-bit product, as JavaScript's Math.imul without its sign. */
const PRODUCT_32 = '(a::HUGEINT * b % 4294967296)::BIGINT';

/** Letters of the ids that name a store, a DC or a truck. */
export function lettersOf(entity: IdEntity): string[] {
  return Object.values(ID_KINDS)
    .filter((kind) => kind.entity === entity)
    .map(({ letter }) => letter);
}

function amongLetters(entity: IdEntity): string {
  return lettersOf(entity).map(quoted).join(', ');
}

/** The scrambling of domain/ids.ts. */
function scrambled(multiplier: number, mask: number): string {
  return `scrambled_end(scrambled_start(xor(product_32(id, ${multiplier}), ${mask})))`;
}

/** The value for each text of a set. */
function byText(texts: readonly string[], values: readonly (number | string)[]): string {
  return texts.map((text, index) => `WHEN ${quoted(text)} THEN ${values[index]}`).join(' ');
}

/** Statements that create the types and macros, in order. */
export const MACROS: readonly string[] = [
  `CREATE TYPE NodeType AS ${enumType(NODE_TYPES)}`,

  `CREATE MACRO id_of_kind(letter, entity, sequence) AS
     strpos('${LETTERS}', letter) * ${KIND_UNIT} + entity::BIGINT * ${SEQUENCE_LIMIT} + sequence`,

  // This form was the fastest in measurements; the macro runs for every id of the world.
  `CREATE MACRO packed_id(id_text) AS
     CASE WHEN id_text IS NOT NULL THEN coalesce(
       nullif(strpos('${LETTERS}', left(id_text, 1)), 0) * ${KIND_UNIT}
         + try_cast(substring(id_text, 2, strpos(id_text, '-') - 2) AS BIGINT) * ${SEQUENCE_LIMIT}
         + try_cast(substring(id_text, strpos(id_text, '-') + 1) AS BIGINT),
       -1
     ) END`,

  `CREATE MACRO id_kind(id) AS substr('${LETTERS}', (id // ${KIND_UNIT})::INTEGER, 1)`,

  `CREATE MACRO id_text(id) AS
     id_kind(id) || (id % ${KIND_UNIT}) // ${SEQUENCE_LIMIT} || '-' || id % ${SEQUENCE_LIMIT}`,

  `CREATE MACRO pseudonym(id_text, prefix) AS
     CASE
       WHEN id_text IS NULL THEN NULL
       WHEN starts_with(id_text, prefix)
         THEN coalesce(try_cast('0x' || substring(id_text, length(prefix) + 1) AS BIGINT), -1)
       ELSE -1
     END`,

  `CREATE MACRO id_entity(id) AS (id % ${KIND_UNIT}) // ${SEQUENCE_LIMIT}`,
  `CREATE MACRO id_sequence(id) AS id % ${SEQUENCE_LIMIT}`,
  `CREATE MACRO id_owner_unit() AS ${SEQUENCE_LIMIT}`,
  `CREATE MACRO same_number(a, b) AS a % ${KIND_UNIT} = b % ${KIND_UNIT}`,

  // One number for the store, DC or truck of an id: see OWNER_UNIT.
  `CREATE MACRO id_owner(id) AS id_entity(id) + CASE
     WHEN id_kind(id) IN (${amongLetters('dc')}) THEN ${OWNER_UNIT.dc}
     WHEN id_kind(id) IN (${amongLetters('truck')}) THEN ${OWNER_UNIT.truck}
     ELSE ${OWNER_UNIT.store}
   END`,

  `CREATE MACRO product_32(a, b) AS ${PRODUCT_32}`,
  'CREATE MACRO scrambled_start(x) AS product_32(xor(x, x >> 16), 3266489909)',
  'CREATE MACRO scrambled_end(x) AS xor(x, x >> 13)',
  `CREATE MACRO ble_number(id) AS ${scrambled(0x9e3779b1, 0x5bd1e995)}`,
  `CREATE MACRO ad_number(id) AS ${scrambled(0x85ebca6b, 0x27d4eb2f)}`,

  `CREATE MACRO great_circle_km(latitude_a, longitude_a, latitude_b, longitude_b) AS
     2 * ${EARTH_RADIUS_KM} * asin(least(1, sqrt(
       pow(sin(radians(latitude_b::DOUBLE - latitude_a::DOUBLE) / 2), 2)
       + cos(radians(latitude_a::DOUBLE)) * cos(radians(latitude_b::DOUBLE))
         * pow(sin(radians(longitude_b::DOUBLE - longitude_a::DOUBLE) / 2), 2)
     )))`,

  'CREATE MACRO hours_between(a, b) AS (epoch_ms(b) - epoch_ms(a)) / 3600000',

  // A tolerance of one metre, since the masters round positions.
  `CREATE MACRO hours_at_70_mph(distance_km) AS (distance_km - 0.001) / ${KMH_AT_70_MPH}`,

  `CREATE MACRO planned_drive_ms(distance_km) AS
     ceil(distance_km * ${CIRCUITY} / ${MEAN_SPEED_KMH} * 3600000) + 60000`,

  `CREATE MACRO with_rests_ms(drive_ms) AS
     drive_ms + floor(greatest(0, drive_ms - 1) / ${MAX_DRIVING_MS}) * ${OFF_DUTY_MS}`,

  // Rounded as the simulation does, half a second up.
  'CREATE MACRO whole_seconds(a, b) AS (epoch_ms(b) - epoch_ms(a) + 500) // 1000',

  `CREATE MACRO store_protection_days(distance_km) AS
     ${AT_THE_DOOR.protectionDays} + (planned_drive_ms(distance_km) - planned_drive_ms(0)) / ${DAY_MS}`,

  `CREATE MACRO store_reorder_point(per_day, protection_days) AS ceil(
     per_day * protection_days
     + ${AT_THE_DOOR.safetyFactor} * sqrt(per_day * protection_days * ${SHOPPER_VARIANCE_RATIO})
   )`,

  `CREATE MACRO creatives_per_campaign() AS ${CREATIVES_PER_CAMPAIGN}`,

  `CREATE MACRO zone_of(department) AS CASE department ${byText(
    DEPARTMENTS,
    DEPARTMENT_ZONES.map((zone) => quoted(ZONES[zone])),
  )} END`,

  `CREATE MACRO visits_percent(sky) AS CASE sky ${byText(SKIES, VISITS_PERCENT)} END`,

  `CREATE MACRO plain_words(name) AS
     trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g'))`,
];
