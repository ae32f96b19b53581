/**
 * `npm run bench:check`: whether the simulation is as fast as it was, in a unit that every machine has, the
 * time of a calibration loop in the same process. Processor time, so that a busy machine may do it too.
 *
 * What fails is measured again: a machine that was busy in a bad moment passes then, a program that has become
 * slower does not. `--record` writes what was measured to recorded.json instead of comparing with it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process, { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { DAY_MS } from '../../src/engine/time.ts';
import { Calibration } from './calibration.ts';
import { cpuUs, cpuUsOf, median } from './harness.ts';
import { runtimeName } from './runtime.ts';
import { UnwrittenWorld } from './unwritten-world.ts';
import { type Recorded, verdict } from './verdict.ts';

const WARM_UP_DAYS = 3;
/** A day each, so that weekdays have their share; odd, so that the median is one of them. */
const ROUNDS = 7;
/** Calibrations in a day: as much time as the simulation gets, so that both meet the same neighbours. */
const STEPS = 24;
const ATTEMPTS = 3;
const RECORDED = fileURLToPath(new URL('./recorded.json', import.meta.url));

/** Thousand rows in the processor time of a calibration: the median of the rounds. */
async function measure(): Promise<number> {
  const calibration = new Calibration();
  const world = new UnwrittenWorld();
  const ratios: number[] = [];
  for (let round = -WARM_UP_DAYS; round < ROUNDS; round++) {
    const rowsBefore = world.rows;
    let calibrationUs = 0;
    let worldUs = 0;
    for (let step = 0; step < STEPS; step++) {
      calibrationUs += cpuUsOf(() => calibration.run());
      const beganUs = cpuUs();
      await world.advance(DAY_MS / STEPS);
      worldUs += cpuUs() - beganUs;
    }
    if (round < 0) continue;
    const rows = world.rows - rowsBefore;
    const ratio = (calibrationUs / STEPS / worldUs) * (rows / 1000);
    ratios.push(ratio);
    stdout.write(
      `round ${round + 1} of ${ROUNDS}: ${rows} rows, ${(worldUs / rows).toFixed(2)} µs a row, ` +
        `${(calibrationUs / STEPS / 1000).toFixed(1)} ms a calibration, ratio ${ratio.toFixed(1)}\n`,
    );
  }
  return median(ratios);
}

const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded;
if (argv.includes('--record')) {
  const ratio = await measure();
  const ratios = { ...recorded, [runtimeName()]: Number(ratio.toFixed(1)) };
  writeFileSync(RECORDED, `${JSON.stringify(ratios, null, 2)}\n`);
  stdout.write(`Recorded ${ratio.toFixed(1)} for ${runtimeName()}.\n`);
} else {
  let passed = false;
  for (let attempt = 1; !passed && attempt <= ATTEMPTS; attempt++) {
    const judged = verdict(runtimeName(), await measure(), recorded);
    passed = judged.passed;
    stdout.write(`${judged.text}\n`);
  }
  if (!passed) process.exitCode = 1;
}
