/** `sim disrupt`: starts a disruption in a world now. */
import { type Command, Option } from 'commander';
import { REQUESTED_TYPES } from '../domain/requested-disruption.ts';
import { formatInstant } from '../engine/time.ts';
import {
  cancelDisruption,
  clearDisruptions,
  createDisruption,
  listDisruptions,
} from '../run/disruptions/control.ts';
import { parseTargets } from '../run/disruptions/request.ts';
import type { RequestedStanding } from '../run/disruptions/standing.ts';
import type { WorldPaths } from '../store/paths.ts';
import { lengthOfTime, type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { disruptionLine, standingJson } from './disruption-text.ts';
import { offering } from './offered-words.ts';
import { pathsOf, readConfig } from './settings.ts';

interface DisruptFlags extends WorldFlags {
  readonly json?: boolean;
}

interface CreateFlags extends DisruptFlags {
  readonly type: string;
  readonly target: readonly string[];
  readonly severity?: string;
  readonly duration: number;
  readonly startsIn?: number;
  readonly description?: string;
}

const WAITS =
  'Requested: a run is generating history there. The disruption begins where that run ends, once the ' +
  'next run or "sim disrupt" reads the request.\n';

export function addDisrupt(root: Command, context: Context): void {
  const disrupt = root.command('disrupt').addHelpText(
    'after',
    `
Types, and what the severity is a share of:
  dc_outage           the capacity of distribution centers (1: nothing is picked, loaded, unloaded)
  inventory_shortage  the products available from distribution centers and suppliers
  truck_breakdown     the trucks, which stop where they are
  weather_delay       the speed of trucks on the road
  supplier_delay      the speed at which suppliers prepare orders

Examples:
  sim disrupt create --out w --type dc_outage --target dc:3 --severity 0.8 --duration 2h
  sim disrupt create --out w --type inventory_shortage --target dc:1 --target product:17,18 --duration 2d
  sim disrupt create --out w --type truck_breakdown --target truck:5 --duration 90m --starts-in 1h
  sim disrupt list --out w
  sim disrupt cancel L1 --out w
  sim disrupt clear --out w`,
  );
  const add = (name: string, description: string) =>
    withOut(disrupt.command(name))
      .description(description)
      .option('--config <file>', 'config.json whose paths to use')
      .option('--json', 'as JSON on stdout');
  add('create', 'Makes a disruption.')
    .addOption(
      offering(
        new Option('--type <type>', 'what goes wrong').makeOptionMandatory(),
        () => REQUESTED_TYPES,
      ),
    )
    .requiredOption(
      '--target <kind:n,n...>',
      'dc:3, store:4, truck:5,6, supplier:7, product:8, or all; may be repeated, ' +
        'then all must match',
      collected,
    )
    .option('--severity <share>', 'share that is lost, 0.1 to 1; 1 by default')
    .requiredOption(
      '--duration <time>',
      'how long, in simulated time, such as 90m, 2h or 3d',
      lengthOfTime('--duration'),
    )
    .option(
      '--starts-in <time>',
      'simulated time until it begins; at once by default',
      lengthOfTime('--starts-in'),
    )
    .option('--description <text>', 'a line for the table supply_chain_disruption')
    .action((flags: CreateFlags) => create(flags, context));
  add('list', 'Lists the disruptions that users started, with their states.').action(
    (flags: DisruptFlags) => list(flags, context),
  );
  add('cancel', 'Ends a disruption, or cancels one that has not begun.')
    .argument('<id>', 'such as L1')
    .action((id: string, flags: DisruptFlags) => cancel(id, flags, context));
  add('clear', 'Ends all disruptions that users started.').action((flags: DisruptFlags) =>
    clear(flags, context),
  );
}

function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function worldOf(flags: DisruptFlags): WorldPaths {
  return pathsOf(flags, readConfig(flags));
}

async function create(flags: CreateFlags, context: Context): Promise<void> {
  const { type, severity, duration: durationMs, startsIn: startsInMs, description } = flags;
  const request = {
    type,
    target: parseTargets(flags.target),
    severity: severity === undefined ? undefined : numberOr(severity),
    durationMs,
    startsInMs,
    description,
  };
  tell(await createDisruption(worldOf(flags), request), flags, context);
}

/** Returns a number; other text unchanged, so that it is refused with what was expected. */
function numberOr(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function list(flags: DisruptFlags, { terminal }: Context): void {
  const { nowMs, disruptions, waiting } = listDisruptions(worldOf(flags));
  if (flags.json) {
    const found = {
      now: formatInstant(nowMs),
      disruptions: disruptions.map(standingJson),
      waiting: waiting.length,
    };
    terminal.out(`${JSON.stringify(found)}\n`);
    return;
  }
  if (disruptions.length === 0) terminal.out('No disruptions were started in this world.\n');
  for (const disruption of disruptions) terminal.out(`${disruptionLine(disruption)}\n`);
  if (waiting.length > 0) terminal.out(`${waiting.length} requests wait to be read\n`);
}

async function cancel(id: string, flags: DisruptFlags, context: Context): Promise<void> {
  tell(await cancelDisruption(worldOf(flags), id), flags, context);
}

async function clear(flags: DisruptFlags, { terminal }: Context): Promise<void> {
  const ids = await clearDisruptions(worldOf(flags));
  if (flags.json) terminal.out(`${JSON.stringify({ cancelled: ids ?? null })}\n`);
  else if (ids === undefined) terminal.say(WAITS);
  else terminal.out(ids.length === 0 ? 'None was left.\n' : `Cancelled ${ids.join(', ')}.\n`);
}

function tell(
  standing: RequestedStanding | undefined,
  { json }: DisruptFlags,
  { terminal }: Context,
): void {
  if (json) terminal.out(`${JSON.stringify(standing ? standingJson(standing) : null)}\n`);
  else if (standing === undefined) terminal.say(WAITS);
  else terminal.out(`${disruptionLine(standing)}\n`);
}
