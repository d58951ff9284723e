/**
 * What to do when this Node lacks what Alertree needs, in one line; null when it is new enough. Older ones must be able
 * to read this file, so it imports nothing.
 */
export function problemWithNode(version: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 15)) return null;
  return `Alertree needs Node 24.15 or newer, this is ${version}: start it with "npm start".`;
}
