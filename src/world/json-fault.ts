/** Finds where a text stops being JSON, because runtimes word their errors differently and some omit the place. */

export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly found: string;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Returns the first place at which `text` is not JSON; undefined if it is valid. */
export function jsonFault(text: string): JsonFault | undefined {
  const reader = new Reader(text);
  if (reader.value() && reader.atEnd()) return undefined;
  const before = text.slice(0, reader.at);
  const line = before.split('\n').length;
  return {
    line,
    column: reader.at - (before.lastIndexOf('\n') + 1) + 1,
    found:
      reader.at >= text.length ? 'the end of the file' : JSON.stringify(text.charAt(reader.at)),
  };
}

class Reader {
  at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    this.take(SPACE);
    return this.at === this.text.length;
  }

  value(): boolean {
    this.take(SPACE);
    const first = this.text.charAt(this.at);
    if (first === '{') return this.sequence('}', () => this.member());
    if (first === '[') return this.sequence(']', () => this.value());
    return this.take(first === '"' ? STRING : SCALAR);
  }

  private member(): boolean {
    this.take(SPACE);
    return this.take(STRING) && this.sign(':') && this.value();
  }

  private sequence(close: string, item: () => boolean): boolean {
    this.at++;
    if (this.sign(close)) return true;
    do {
      if (!item()) return false;
    } while (this.sign(','));
    return this.sign(close);
  }

  private sign(sign: string): boolean {
    this.take(SPACE);
    if (this.text.charAt(this.at) !== sign) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return false;
    this.at = pattern.lastIndex;
    return match[0].length > 0;
  }
}
