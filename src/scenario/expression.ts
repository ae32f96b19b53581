/** Arithmetic in scenario files: numbers, names of parameters, + - * / and parentheses. */

/** Significant digits that a result keeps, so that 3 × 0.1 is 0.3. */
const DIGITS = 12;
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9]*)|([-+*/()]))/y;

/** What an expression may name. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * Returns the value of an expression; a name alone has the type of its value.
 * @throws RangeError that ends "expected …"
 */
export function evaluate(text: string, values: Values): string | number | boolean {
  const name = text.trim();
  if (Object.hasOwn(values, name)) return values[name];
  const reader = new Reader(text, values);
  const value = Number(reader.whole().toPrecision(DIGITS));
  if (Number.isFinite(value)) return value;
  throw new RangeError('a finite number');
}

class Reader {
  private readonly tokens: readonly string[];
  private readonly values: Values;
  private at = 0;

  constructor(text: string, values: Values) {
    this.tokens = tokensOf(text);
    this.values = values;
  }

  whole(): number {
    const value = this.sum();
    if (this.at < this.tokens.length) throw new RangeError(`no "${this.tokens[this.at]}" there`);
    return value;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.takes('+')) value += this.product();
      else if (this.takes('-')) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.operand();
    for (;;) {
      if (this.takes('*')) value *= this.operand();
      else if (this.takes('/')) value /= this.operand();
      else return value;
    }
  }

  private operand(): number {
    if (this.takes('-')) return -this.operand();
    if (this.takes('(')) {
      const value = this.sum();
      if (!this.takes(')')) throw new RangeError('a closing parenthesis');
      return value;
    }
    const token = this.tokens[this.at++];
    if (token !== undefined && /^\d/.test(token)) return Number(token);
    if (token === undefined || !/^[A-Za-z]/.test(token)) {
      throw new RangeError('a number or a parameter between its signs');
    }
    return this.numberNamed(token);
  }

  private numberNamed(name: string): number {
    if (!Object.hasOwn(this.values, name)) throw new UnknownName(name, Object.keys(this.values));
    const value = this.values[name];
    if (typeof value === 'number') return value;
    throw new RangeError(`a number in ${name} to calculate with`);
  }

  private takes(sign: string): boolean {
    if (this.tokens[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}

/** An expression names what is not there. */
export class UnknownName extends RangeError {
  readonly unknown: string;
  readonly known: readonly string[];

  constructor(unknown: string, known: readonly string[]) {
    super(`a parameter of the scenario`);
    this.unknown = unknown;
    this.known = known;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) {
      TOKEN.lastIndex = 0;
      throw new RangeError(`numbers, parameters, + - * / and parentheses, not "${text[from]}"`);
    }
    tokens.push(found[1] ?? found[2] ?? found[3]);
  }
  return tokens;
}
