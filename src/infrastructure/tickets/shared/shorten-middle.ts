/**
 * The text with at most `limit` code points. What is too long loses its middle to an ellipsis: the beginning says what
 * it is about and the end tells it apart from its like.
 */
export function shortenMiddle(text: string, limit: number): string {
  const codePoints = Array.from(text);
  if (codePoints.length <= limit) return text;
  const tail = Math.ceil((limit - 1) / 2);
  const head = limit - 1 - tail;
  return `${codePoints.slice(0, head).join('')}…${codePoints.slice(codePoints.length - tail).join('')}`;
}
