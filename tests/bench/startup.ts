/** From the start of the process to the first row of the default world, and the dimension tables on the way. */
import { type Extent, interleaved, median } from './harness.ts';
import { benchFile, runScript } from './process.ts';
import type { StartupTimes } from './startup-process.ts';
import { digits, type Table } from './table.ts';

async function startupBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 9 : 3;
  const { runs } = await interleaved({ runs: startupMs }, { rounds, warmUps: 1 });
  const row = (what: string, figure: (run: Awaited<ReturnType<typeof startupMs>>) => number) => [
    what,
    `${digits(median(runs.map(figure)))} ms`,
  ];
  return [
    {
      title: 'Startup',
      about:
        'The default world in a new process, including the dimension tables; wall time. Medians of ' +
        `${rounds} runs.`,
      columns: ['', 'time'],
      rows: [
        row('start of the process to its modules loaded', (run) => run.modules),
        row('dimension tables: world built, written, synced', (run) => run.masters),
        row('start of the process to the first row', (run) => run.firstRow),
      ],
    },
  ];
}

async function startupMs() {
  const beganMs = performance.timeOrigin + performance.now();
  const times = await runScript<StartupTimes>('./startup-process.ts', []);
  return {
    modules: times.modulesAtMs - beganMs,
    masters: times.mastersAtMs - times.mastersFromMs,
    firstRow: times.firstRowAtMs - beganMs,
  };
}

await benchFile(import.meta.url, startupBench);
