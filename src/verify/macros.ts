/**
 * Types and macros that the SQL of the checks may use besides DuckDB's own functions.
 *
 * Ids are loaded as the packed integers of domain/ids.ts, which join and sort several times faster
 * than their text; a malformed id becomes -1.
 */
import { ID_LETTERS, KIND_UNIT, SEQUENCE_LIMIT } from '../domain/ids.ts';
import { NODE_TYPES } from '../domain/values.ts';
import { enumType } from './column-types.ts';

const LETTERS = ID_LETTERS.join('');
/** Mean earth radius; the same as in the world's own distances. */
const EARTH_RADIUS_KM = 6371.0088;
const KMH_AT_70_MPH = 70 * 1.609344;

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

  `CREATE MACRO great_circle_km(latitude_a, longitude_a, latitude_b, longitude_b) AS
     2 * ${EARTH_RADIUS_KM} * asin(least(1, sqrt(
       pow(sin(radians(latitude_b::DOUBLE - latitude_a::DOUBLE) / 2), 2)
       + cos(radians(latitude_a::DOUBLE)) * cos(radians(latitude_b::DOUBLE))
         * pow(sin(radians(longitude_b::DOUBLE - longitude_a::DOUBLE) / 2), 2)
     )))`,

  'CREATE MACRO hours_between(a, b) AS (epoch_ms(b) - epoch_ms(a)) / 3600000',

  // A tolerance of one metre, since the masters round positions.
  `CREATE MACRO hours_at_70_mph(distance_km) AS (distance_km - 0.001) / ${KMH_AT_70_MPH}`,

  `CREATE MACRO plain_words(name) AS
     trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g'))`,
];
