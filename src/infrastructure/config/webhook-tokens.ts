const MIN_CHARACTERS = 16;
const MAX_TOKENS = 2;

/** What a header can carry as it is. A comma stands between two tokens. */
const TOKEN = /^[\u0021-\u002b\u002d-\u007e]+$/;
const HOW = 'for example from: openssl rand -hex 32';

/**
 * Reads one token, or the old and the new one while they are being exchanged, with a comma or a line end between them.
 */
export function parseTokens(text: string): readonly string[] {
  return text
    .split(/[,\r\n]/)
    .map((token) => token.trim())
    .filter((token) => token !== '');
}

/** What is wrong with the tokens as they were written; null when nothing is. It never quotes one. */
export function problemWithTokens(text: string): string | null {
  const tokens = parseTokens(text);
  if (tokens.length === 0) return `holds no token; write one, ${HOW}`;
  if (tokens.length > MAX_TOKENS)
    return `holds ${tokens.length} tokens; write one, or the old and the new one`;
  if (!tokens.every((token) => TOKEN.test(token)))
    return `holds characters that no header carries; write letters and digits, ${HOW}`;
  if (tokens.some((token) => token.length < MIN_CHARACTERS))
    return `holds a token of less than ${MIN_CHARACTERS} characters; write a longer one, ${HOW}`;
  if (new Set(tokens).size < tokens.length) return 'holds the same token twice; write it once';
  return null;
}
