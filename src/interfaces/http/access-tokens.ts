import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer +(\S+) *$/i;
const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/** The tokens that open this Alertree: one, or two while they are being exchanged. */
export class AccessTokens {
  private readonly digests: readonly Buffer[];

  constructor(tokens: readonly string[]) {
    this.digests = tokens.map(digestOf);
  }

  /** Without a token there is nothing that could be asked for. */
  get areSet(): boolean {
    return this.digests.length > 0;
  }

  /**
   * Whether an `Authorization` header carries one of them: as bearer, or as the password of basic authentication
   * under any user name. How long it takes tells nothing of the tokens: digests of one length are compared, and all.
   */
  accept(authorization: string | undefined): boolean {
    const token = tokenIn(authorization ?? '');
    if (token === null) return false;
    const digest = digestOf(token);
    return this.digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
  }
}

function tokenIn(authorization: string): string | null {
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = BASIC.exec(authorization)?.[1];
  if (basic === undefined) return null;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':'); // a user name has none
  return colon < 0 ? null : pair.slice(colon + 1);
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
