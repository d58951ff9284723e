import { BlockList, isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { RequestError } from '../request-error.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4'); // covers its IPv4-mapped form in IPv6, too
LOOPBACK.addAddress('::1', 'ipv6');

const REFUSAL =
  'this page and the API answer only the machine that Alertree runs on, asked as localhost; ' +
  'set ALERTREE_OPEN_READ=true to open them to everybody who can reach this port';

/**
 * Lets loopback clients through, and everybody when reading is open. Only the address of the connection counts:
 * forwarded headers can be written by anybody.
 */
export function readersOnly(openRead: boolean): RequestHandler {
  return (request, _response, next) => {
    const address = request.socket.remoteAddress;
    if (!openRead && !(isLoopback(address) && isLocalName(request.headers.host)))
      throw new RequestError(403, REFUSAL);
    next();
  };
}

/** True for an address of the machine itself: IPv4, IPv6 or IPv4-mapped. */
export function isLoopback(address: string | undefined): boolean {
  const version = isIP(address ?? '');
  return address !== undefined && version !== 0 && LOOPBACK.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * True for a Host header that no stranger's DNS can answer for: a loopback address or a name without a dot. Otherwise
 * any web site could point its own name at 127.0.0.1 and read the page through the browser of somebody on this machine.
 */
export function isLocalName(host: string | undefined): boolean {
  if (host === undefined) return true; // HTTP/1.0: no browser
  const name = host.replace(/:\d*$/, '').toLowerCase();
  if (name.startsWith('[')) return isLoopback(name.slice(1, -1));
  return isLoopback(name) || !name.includes('.') || name.endsWith('.localhost');
}
