/**
 * `npm run bench:check`: whether the simulation is as fast as it was, in a unit that every machine has, the
 * time of a calibration loop in the same process. Processor time, so that a busy machine may do it too.
 *
 * `--record` writes what was measured to recorded.json instead of comparing with it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process, { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Calibration } from './calibration.ts';
import { cpuUs, cpuUsOf, median } from './harness.ts';
import { runtimeName } from './runtime.ts';
import { UnwrittenWorld } from './unwritten-world.ts';
import { type Recorded, verdict } from './verdict.ts';

const WARM_UP_DAYS = 4;
/** A day each, so that weekdays have their share; odd, so that the median is one of them. */
const ROUNDS = 11;
const RECORDED = fileURLToPath(new URL('./recorded.json', import.meta.url));

/** Thousand rows in the processor time of a calibration: the median of the rounds. */
async function measure(): Promise<number> {
  const calibration = new Calibration();
  const world = new UnwrittenWorld();
  for (let day = 0; day < WARM_UP_DAYS; day++) {
    calibration.run();
    await world.day();
  }
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const beforeUs = cpuUsOf(() => calibration.run());
    const beganUs = cpuUs();
    const rows = await world.day();
    const rowUs = (cpuUs() - beganUs) / rows;
    const afterUs = cpuUsOf(() => calibration.run());
    const ratio = (beforeUs + afterUs) / 2 / rowUs / 1000;
    ratios.push(ratio);
    stdout.write(
      `round ${round + 1} of ${ROUNDS}: ${rows} rows, ${rowUs.toFixed(2)} µs a row, calibration ` +
        `${beforeUs} and ${afterUs} µs, ratio ${ratio.toFixed(1)}\n`,
    );
  }
  return median(ratios);
}

const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded;
const ratio = await measure();
if (argv.includes('--record')) {
  const ratios = { ...recorded, [runtimeName()]: Number(ratio.toFixed(1)) };
  writeFileSync(RECORDED, `${JSON.stringify(ratios, null, 2)}\n`);
  stdout.write(`Recorded ${ratio.toFixed(1)} for ${runtimeName()}.\n`);
} else {
  const { passed, text } = verdict(runtimeName(), ratio, recorded);
  stdout.write(`${text}\n`);
  if (!passed) process.exitCode = 1;
}
