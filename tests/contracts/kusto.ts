/** Kusto's own language service, as its web editors use it: what it says of a script. */
import { createRequire } from 'node:module';

// It defines globals, which its own declarations describe as a script's.
const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next');

const { Bridge, Kusto } = globalThis as unknown as {
  Bridge: { toArray<Item>(list: unknown): Item[] };
  // biome-ignore lint/suspicious/noExplicitAny: its declarations are a script's, not a module's
  Kusto: any;
};
const { Editor, GlobalState, KustoCode, Symbols } = Kusto.Language;

interface Diagnostic {
  readonly Message: string;
  readonly Start: number;
}

/** A database with the tables and functions that a script creates. */
export class KustoDatabase {
  private readonly script: string;
  private readonly globals: unknown;
  readonly tables: readonly string[];

  constructor(script: string) {
    this.script = script;
    const tables = [...script.matchAll(/^\.create-merge table (\w+) (\(.*?\)) with /gm)];
    const functions = [...script.matchAll(/ (\w+)\(\) \{\n(.*?)\n\}/gs)];
    this.tables = tables.map(([, name]) => name);
    this.globals = GlobalState.Default.WithDatabase(
      new Symbols.DatabaseSymbol.$ctor1('world', [
        ...tables.map(([, name, columns]) => Symbols.TableSymbol.From(columns).WithName(name)),
        ...functions.map(
          ([, name, body]) =>
            new Symbols.FunctionSymbol.$ctor12(name, `{${body}}`, Symbols.Tabularity.Tabular, []),
        ),
      ]),
    );
  }

  /** Returns what is wrong with the script. */
  faults(): string[] {
    return this.blocks().flatMap((block) =>
      Bridge.toArray<Diagnostic>(block.Service.GetDiagnostics()).map(
        ({ Message }) => `${Message} in ${block.Text.slice(0, 80)}`,
      ),
    );
  }

  /** Returns the columns of a query's result, `name:type`, or what is wrong with it. */
  columnsOf(query: string): string[] {
    const code = KustoCode.ParseAndAnalyze(query, this.globals);
    const faults = Bridge.toArray<Diagnostic>(code.GetDiagnostics());
    if (faults.length > 0) return faults.map(({ Message }) => Message);
    return Bridge.toArray<{ Name: string; Type: { Name: string } }>(code.ResultType.Columns).map(
      ({ Name, Type }) => `${Name}:${Type.Name}`,
    );
  }

  private blocks() {
    return Bridge.toArray<{ Text: string; Service: { GetDiagnostics(): unknown } }>(
      Editor.CodeScript.From$1(this.script, this.globals).Blocks,
    );
  }
}
