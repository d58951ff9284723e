const MAX_DEPTH = 64;
/** Alerts worth their name reach the size limit long before this. Empty lists would fill the memory a hundredfold. */
const MAX_VALUES = 1_000_000;
/** Far beyond what an alert may have. The parser is slow at objects with very many names. */
const MAX_NAMES = 1_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LIST = { opens: 0x5b, closes: 0x5d };
const OBJECT = { opens: 0x7b, closes: 0x7d };

/**
 * Says what is wrong with the shape of a body of JSON; null when nothing is. It scans the bytes instead of walking the
 * parsed value: neither the parser nor a walk then meets a hostile depth or number.
 */
export function problemWithShape(body: Buffer): string | null {
  const shape = new Shape();
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (byte === QUOTE) index = endOfText(body, index);
    else {
      const problem = shape.sign(byte);
      if (problem !== null) return problem;
    }
  }
  return null;
}

class Shape {
  private values = 0;
  /** For each object that is open how many names it has so far; for each list infinitely few. */
  private readonly names: number[] = [];

  sign(byte: number): string | null {
    if (byte === COMMA) return this.comma();
    if (byte === OBJECT.opens) return this.open(1);
    if (byte === LIST.opens) return this.open(Number.NEGATIVE_INFINITY);
    if (byte === OBJECT.closes || byte === LIST.closes) this.names.pop();
    return null;
  }

  private open(names: number): string | null {
    this.names.push(names);
    return this.names.length > MAX_DEPTH ? `is nested deeper than ${MAX_DEPTH} levels` : null;
  }

  private comma(): string | null {
    this.values += 1;
    if (this.values > MAX_VALUES) return `holds more than ${MAX_VALUES} values`;
    const names = (this.names.pop() ?? 0) + 1;
    this.names.push(names);
    return names > MAX_NAMES ? `has an object with more than ${MAX_NAMES} names` : null;
  }
}

/** Where the text that begins at this quote ends; the end of the body when it does not. */
function endOfText(body: Buffer, start: number): number {
  let index = start + 1;
  while (index < body.length && body[index] !== QUOTE) index += body[index] === BACKSLASH ? 2 : 1;
  return index;
}
