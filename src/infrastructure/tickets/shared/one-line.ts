// Tab, line ends of every kind, other controls, marks that turn the direction of the text around them.
const LINE_ENDS = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text as a single line that breaks neither a layout nor a database: line ends become a blank; control characters,
 * direction overrides and lone surrogates become U+FFFD. Doing it twice changes nothing more.
 */
export function oneLine(text: string): string {
  return withinLine(text).trim();
}

/** The same for a part of a line, whose blanks at its ends count. */
export function withinLine(text: string): string {
  return text.toWellFormed().replaceAll(LINE_ENDS, ' ').replaceAll(HARMFUL, '\uFFFD');
}
