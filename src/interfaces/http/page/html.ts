/** Markup that is safe to send: it can only be made by the `html` template, which escapes whatever is put into it. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Only for the template below: the literal parts are code, never data. */
  static fromTemplate(literals: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    const parts = values.map((value, index) => markupOf(value) + (literals[index + 1] ?? ''));
    return new Html((literals[0] ?? '') + parts.join(''));
  }

  toString(): string {
    return this.#markup;
  }
}

/** Strings and numbers are escaped, markup is taken as it is, lists are joined, null is nothing. */
export type HtmlValue = string | number | null | Html | readonly HtmlValue[];

/** A template for elements and for attribute values in double quotes; the only two places that it is safe for. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return Html.fromTemplate(literals, values);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function markupOf(value: HtmlValue): string {
  if (value === null) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value));
  return value.map(markupOf).join('');
}

/** Control characters have no place in HTML, so they show as what they are: something unreadable. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '\ufffd');
}
