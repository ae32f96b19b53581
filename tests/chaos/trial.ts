/** A world under trial: its folder, the hub and the consumer, and what is known of its stream. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectionString } from '../../src/hub/connection-string.ts';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { Claims } from './claims.ts';
import { Consumer, type Received } from './consumer.ts';
import { Gate } from './gate.ts';
import { CUT_MS, FROM_MS, type Grounds, type Undisturbed, WORLDS } from './grounds.ts';
import { checkTotals, type Totals } from './ledger.ts';
import { Run } from './program.ts';
import type { ExpectedEvent } from './reference.ts';
import type { Plan } from './steps.ts';
import type { Tampered } from './tamper.ts';
import { Violation } from './violation.ts';

const ENTITY = 'retail-events';
const RETENTION_BYTES = 256 << 20;
/** What a hub does with the last that it was sent. */
const SETTLE_MS = 40;

/** How the stream delivers: quick to fail and to try again. */
const REALTIME = {
  batch_timeout_ms: 20,
  send_timeout_ms: 2_000,
  retry_delay_ms: 5,
  retry_delay_max_ms: 50,
  circuit_breaker_failure_threshold: 3,
  circuit_breaker_recovery_timeout: 1,
  monitoring_interval: 1,
};

export class Trial {
  readonly grounds: Grounds;
  readonly plan: Plan;
  readonly folder: string;
  /** Folder of the world. */
  readonly world: string;
  readonly hub: Hub;
  readonly gate: Gate;
  readonly consumer: Consumer;
  readonly claims = new Claims(CUT_MS);
  expected: Undisturbed;
  /** A file that was tampered with, until somebody has looked at it. */
  tampered: Tampered | undefined;
  /** Whether the journal was made anew: what it counts is then less than what there was. */
  isRebuilt = false;
  /** Repeats that the ledger had counted which was lost with the journal. */
  repeatsBefore = 0;
  /** Whether some life left types of events out. */
  isFiltered = false;
  /** Whether some life began later than the one before it ended: what lies between is only in the files. */
  hasGaps = false;
  /** Types that were asked of the stream last, which it sends of what is pending; undefined for all. */
  pendingTypes: ReadonlySet<string> | undefined;
  /** Events that were dead letters, which come when they come. */
  readonly letters = new Set<string>();
  /** Those of them that still are. One may have arrived: sent again by the next life, it was refused. */
  readonly waiting = new Set<string>();
  private readonly runs = new Set<Run>();
  private checked = 0;
  private readonly lastOf = new Map<string, number>();
  private commands = '';
  private references = 0;

  private constructor(
    grounds: Grounds,
    plan: Plan,
    folder: string,
    expected: Undisturbed,
    hub: Hub,
    gate: Gate,
    consumer: Consumer,
  ) {
    this.grounds = grounds;
    this.plan = plan;
    this.folder = folder;
    this.world = path.join(folder, 'world');
    this.expected = expected;
    this.hub = hub;
    this.gate = gate;
    this.consumer = consumer;
  }

  static async begin(grounds: Grounds, plan: Plan, folder: string): Promise<Trial> {
    const expected = await grounds.undisturbed(plan.world);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (plan.beginning.from === 'history') {
      cpSync(await grounds.begun(plan.world), path.join(folder, 'world'), { recursive: true });
    }
    const entities = [{ name: ENTITY, partitionCount: plan.partitions, consumerGroups: [] }];
    const hub = await startHub({ port: 0, entities, retentionBytes: RETENTION_BYTES });
    const gate = await Gate.open(hub.port);
    const consumer = await Consumer.open(hub, ENTITY, plan.partitions);
    const trial = new Trial(grounds, plan, folder, expected, hub, gate, consumer);
    trial.setClock(CUT_MS);
    trial.configure(25, 300);
    return trial;
  }

  /** Ends all that runs. */
  async close(): Promise<void> {
    for (const run of this.runs) {
      run.kill('SIGCONT');
      run.kill('SIGKILL');
    }
    this.consumer.close();
    await this.gate.close();
    await this.hub.close();
  }

  /** Starts `sim` on the world. */
  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Run {
    const run = new Run(this.grounds.program, args, this.folder, {
      [CONNECTION_VARIABLE]: connectionString(this.gate.port, ENTITY),
      CHAOS_CLOCK: this.clockFile,
      ...environment,
    });
    this.runs.add(run);
    void run.ended.finally(() => {
      this.runs.delete(run);
      // What is ended with the trial has no folder any more.
      if (!existsSync(this.folder)) return;
      appendFileSync(
        this.commandsFile,
        `sim ${args.join(' ')}\n${run.stderr}ended with ${run.code}\n\n`,
      );
    });
    return run;
  }

  /** Sets the clock of the program. */
  setClock(nowMs: number): void {
    writeFileSync(this.clockFile, String(Math.round(nowMs - Date.now())));
  }

  jumpClock(byMs: number): void {
    writeFileSync(this.clockFile, String(Number(readFileSync(this.clockFile, 'utf8')) + byMs));
  }

  /** Writes config.json. @param batch events of a batch at most @param buffer events that are held at most */
  configure(batch: number, buffer: number): void {
    const realtime = { ...REALTIME, max_batch_size: batch, max_buffer_size: buffer };
    const config = { ...WORLDS[this.plan.world], realtime };
    writeFileSync(path.join(this.folder, 'config.json'), JSON.stringify(config));
  }

  /** Simulated instant at which the history ends, as generation_state.json has it. */
  get historyMs(): number {
    try {
      const state = JSON.parse(readFileSync(worldPaths(this.world).state, 'utf8'));
      return Date.parse(state.last_generated_timestamp) || FROM_MS;
    } catch {
      return FROM_MS;
    }
  }

  /** The hub can be reached, does nothing on purpose, and everybody has what it has. */
  async calm(): Promise<void> {
    await this.gate.up();
    this.hub.faults.clear();
    for (let before = -1; before !== this.hub.stats().incomingEvents; ) {
      before = this.hub.stats().incomingEvents;
      await sleep(SETTLE_MS);
    }
    await this.consumer.catchUp();
  }

  /** The undisturbed world with the disruptions that this one has had by now. */
  async follow(): Promise<void> {
    const { liveJournal } = worldPaths(this.world);
    const commands = existsSync(liveJournal) ? readFileSync(liveJournal, 'utf8') : '';
    if (commands === this.commands) return;
    this.commands = commands;
    const folder = path.join(this.folder, `undisturbed-${++this.references}`);
    this.expected = await this.grounds.disrupted(
      this.plan.world,
      folder,
      path.resolve(liveJournal),
    );
    this.checked = 0;
    this.lastOf.clear();
  }

  /** Expected events among what arrived since a number of unique ones. */
  arrivedSince(count: number): ExpectedEvent[] {
    const { byId } = this.expected.stream;
    return [...this.consumer.first.keys()].slice(count).flatMap((id) => byId.get(id) ?? []);
  }

  /** Nothing foreign, nothing altered, and in order. @throws Violation */
  checkArrived(): void {
    const { received, first } = this.consumer;
    for (; this.checked < received.length; this.checked++) {
      const event = received[this.checked];
      const expected = this.checkKnown(event);
      if (first.get(event.id) !== event || this.letters.has(event.id)) continue;
      // Nobody knows any more which types were left out, or which period is only in the files: they come now.
      if (this.isRebuilt && (this.isFiltered || this.hasGaps)) continue;
      // In a world of one region, whatever the key; regions go their ways side by side.
      const lane = `${event.partition} ${this.plan.world === 'small' ? '' : expected.key}`;
      const last = this.lastOf.get(lane) ?? -1;
      if (expected.place < last) {
        const before = this.expected.stream.events[last];
        throw new Violation(
          'order',
          `${event.id} of ${time(expected.atMs)} arrived in partition ${event.partition} after ${before.id} of ${time(before.atMs)}`,
        );
      }
      this.lastOf.set(lane, expected.place);
    }
  }

  private checkKnown(event: Received): ExpectedEvent {
    const expected = this.expected.stream.byId.get(event.id);
    if (expected === undefined) {
      throw new Violation(
        'foreign',
        `${event.id} is no event of the undisturbed world: ${event.body}`,
      );
    }
    if (expected.body !== event.body) {
      throw new Violation(
        'foreign',
        `${event.id} is\n  ${event.body}\ninstead of\n  ${expected.body}`,
      );
    }
    const { partition } = this.consumer.first.get(event.id)!;
    if (partition !== event.partition) {
      throw new Violation(
        'order',
        `${event.id} is in the partitions ${partition} and ${event.partition}`,
      );
    }
    return expected;
  }

  /** All that was streamed is here, and the ledger says so. @throws Violation */
  checkDelivered(totals: Totals | undefined, where: string): void {
    const lost = this.claims.forgotten(this.expected.stream, this.consumer, this.letters);
    if (lost.length > 0) {
      const [{ life, event }] = lost;
      throw new Violation(
        'forgotten',
        `${where}: ${lost.length} events that were streamed have not arrived, the first of ${life}: ${event.id} of ${time(event.atMs)}`,
      );
    }
    if (totals === undefined) throw new Violation('ledger', `${where}: there is no ledger`);
    checkTotals(totals, where);
    const { repeats, first } = this.consumer;
    if (repeats > totals.possiblyRepeated + this.repeatsBefore) {
      throw new Violation(
        'repeated',
        `${where}: ${repeats} repeats of ${first.size} events, of which the ledger counts ${totals.possiblyRepeated} as possible`,
      );
    }
    const refused = [...this.waiting].filter((id) => first.has(id)).length;
    if (!this.isRebuilt && totals.acknowledged !== first.size - refused) {
      throw new Violation(
        'ledger',
        `${where}: ${first.size} unique events have arrived, ${refused} of them dead letters now, ` +
          `and ${totals.acknowledged} are acknowledged`,
      );
    }
  }

  /** Nothing is acknowledged that has not arrived. @throws Violation */
  checkAcknowledged(totals: Totals, where: string): void {
    checkTotals(totals, where);
    if (this.isRebuilt || totals.acknowledged <= this.consumer.first.size) return;
    throw new Violation(
      'ledger',
      `${where}: ${totals.acknowledged} are acknowledged, and ${this.consumer.first.size} unique events have arrived`,
    );
  }

  /** What was called and what it said, for those who look into a violation. */
  private get commandsFile(): string {
    return path.join(this.folder, 'commands.log');
  }

  private get clockFile(): string {
    return path.join(this.folder, 'clock');
  }
}

export const time = (atMs: number) => new Date(atMs).toISOString();
