/** In the long tests, Spark's own parser reads the script of its format, and fastavro the Avro schemas (SIM_TEST_PYTHON). */
import { describe, expect, it } from 'vitest';
import { contracts } from '../../src/contracts/contract.ts';
import { CONTRACT_FORMATS } from '../../src/contracts/formats.ts';
import { available, hasPythonModule, output, PYTHON } from '../clients/programs.ts';
import { IS_LONG } from '../helpers/long.ts';

const all = contracts();
const PATIENCE_MS = 600_000;
const hasModule = (module: string) =>
  available(
    hasPythonModule(module),
    `${module} does not read the contracts: SIM_TEST_PYTHON names no Python that has it (tests/clients)`,
  );

describe('the contracts', () => {
  it.skipIf(!IS_LONG || !hasModule('pyspark'))(
    'are tables that Spark understands',
    { timeout: PATIENCE_MS },
    async () => {
      const script = CONTRACT_FORMATS['sql-spark'].text(all, 4);
      const code = `
import json
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
parser = spark._jsparkSession.sessionState().sqlParser()
script = json.loads(${JSON.stringify(JSON.stringify(script))})
plans = [parser.parsePlan(text).nodeName() for text in script.split(";\\n") if text.strip()]
print("ANSWER" + json.dumps(plans))
`;
      const said = await output(PYTHON!, ['-'], process.cwd(), code);
      const plans = JSON.parse(said.slice(said.indexOf('ANSWER') + 6)) as string[];
      expect(plans).toEqual(all.map(() => 'CreateTable'));
    },
  );

  it.skipIf(!hasModule('fastavro'))('are records that Avro understands', async () => {
    const code = `
import json, fastavro
schemas = json.loads(${JSON.stringify(CONTRACT_FORMATS.avro.text(all))})
print(json.dumps([fastavro.parse_schema(schema)["name"] for schema in schemas]))
`;
    const names = JSON.parse(await output(PYTHON!, ['-'], process.cwd(), code)) as string[];
    expect(names).toEqual(all.map(({ name }) => `synthetic_retail.${name}`));
  });
});
