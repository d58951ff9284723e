import { isIPv6 } from 'node:net';
import type { ListenSetting } from './config.js';

const ADDRESS = /^(?:(?:\[(?<ipv6>[^\]]+)\]|(?<name>[A-Za-z0-9._-]*)):)?(?<port>\d{1,5})$/;

/** Reads `:5005`, `host:5005`, `[::1]:5005` or `5005`; null for anything else. */
export function parseListenAddress(text: string): ListenSetting | null {
  const parts = ADDRESS.exec(text)?.groups;
  if (parts === undefined) return null;
  const port = Number(parts['port']);
  const ipv6 = parts['ipv6'];
  if (port > 65_535 || (ipv6 !== undefined && !isIPv6(ipv6))) return null;
  return { host: (ipv6 ?? parts['name'] ?? '') || null, port };
}
