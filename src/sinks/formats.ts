/** Writes the facts of a region in the formats of its world: each format has a sink of its own here. */
import { FACT_NAMES, type FactName, type FactSink } from '../domain/facts.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { FileFormat } from '../domain/formats.ts';
import type { Compressor } from './csv/compressor.ts';
import { CsvRegionSink } from './csv/csv-region.ts';
import type { FilePort } from './csv/file-port.ts';
import type { DayParts, OpenPart } from './csv/part-files.ts';
import { ParquetRegionSink } from './parquet/parquet-region.ts';

export interface FactFilesOptions {
  readonly factsDir: string;
  readonly region: number;
  /** Compresses the CSV parts of days that are over. */
  readonly compressor?: Compressor | undefined;
  readonly fs?: FilePort;
  /** Bytes of a table's buffer in CSV; fewer in tests. */
  readonly bufferBytes?: number;
  /** Rows of a full row group in Parquet; fewer in tests. */
  readonly groupRows?: number;
}

/** Writes facts to files of one format; `CsvRegionSink` says what each function does. */
export interface FactFiles {
  readonly facts: FactSink;
  readonly rows: number;
  readonly bytes: number;
  rowsByTable(): Record<FactName, number>;
  takeClosedDays(): DayParts[];
  openDay(
    dayMs: number,
    resume?: readonly OpenPart[],
    changedFolders?: readonly string[],
    saved?: Sections,
  ): void;
  closeDay(): Promise<void>;
  suspend(): OpenPart[];
  detach(): { openParts: OpenPart[]; changedFolders: string[] };
  /** Returns rows that the checkpoint must keep; missing if all rows are in files. */
  save?(): Sections;
  committed(): void;
  abort(): void;
}

const OPEN: Readonly<Record<FileFormat, (options: FactFilesOptions) => FactFiles>> = {
  csv: (options) => new CsvRegionSink(options),
  parquet: (options) => new ParquetRegionSink(options),
};

/** Returns the sink of a region for the formats of its world, at least one. */
export function openFactFiles(
  formats: readonly FileFormat[],
  options: FactFilesOptions,
): FactFiles {
  const sinks = formats.map((format) => OPEN[format](options));
  return sinks.length === 1 ? sinks[0] : new SeveralFormats(sinks);
}

/** The same facts in several formats. */
class SeveralFormats implements FactFiles {
  readonly facts: FactSink;
  private readonly sinks: readonly FactFiles[];

  constructor(sinks: readonly FactFiles[]) {
    this.sinks = sinks;
    this.facts = Object.fromEntries(
      FACT_NAMES.map((table) => [table, eachOf(sinks.map(({ facts }) => facts[table] as Take))]),
    ) as unknown as FactSink;
  }

  get rows(): number {
    return this.sinks[0].rows;
  }

  get bytes(): number {
    return this.sinks.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  rowsByTable(): Record<FactName, number> {
    return this.sinks[0].rowsByTable();
  }

  takeClosedDays(): DayParts[] {
    const days = new Map<string, DayParts>();
    for (const { dt, parts } of this.sinks.flatMap((sink) => sink.takeClosedDays())) {
      days.set(dt, { dt, parts: { ...days.get(dt)?.parts, ...parts } });
    }
    return [...days.values()].sort((a, b) => (a.dt < b.dt ? -1 : 1));
  }

  openDay(...given: Parameters<FactFiles['openDay']>): void {
    for (const sink of this.sinks) sink.openDay(...given);
  }

  async closeDay(): Promise<void> {
    await Promise.all(this.sinks.map((sink) => sink.closeDay()));
  }

  suspend(): OpenPart[] {
    return this.sinks.flatMap((sink) => sink.suspend());
  }

  detach(): { openParts: OpenPart[]; changedFolders: string[] } {
    const all = this.sinks.map((sink) => sink.detach());
    return {
      openParts: all.flatMap(({ openParts }) => openParts),
      changedFolders: [...new Set(all.flatMap(({ changedFolders }) => changedFolders))],
    };
  }

  save(): Sections {
    return Object.assign({}, ...this.sinks.map((sink) => sink.save?.())) as Sections;
  }

  committed(): void {
    for (const sink of this.sinks) sink.committed();
  }

  abort(): void {
    for (const sink of this.sinks) sink.abort();
  }
}

type Take = (record: object) => void;

/** Two are the usual number, and need no loop for each row. */
function eachOf(takes: readonly Take[]): Take {
  const [first, second, ...more] = takes;
  if (more.length > 0) {
    return (record) => {
      for (const take of takes) take(record);
    };
  }
  return (record) => {
    first(record);
    second(record);
  };
}
