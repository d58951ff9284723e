/** Text for comparing: upper and lower case alike, and wide and narrow forms of one letter. Databases fold ASCII only. */
export function foldedText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
